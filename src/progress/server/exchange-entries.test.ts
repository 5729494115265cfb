import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { addTestPerson } from '#accounts/add-test-person.ts';
import { user } from '#accounts/tables.ts';
import { openTestDatabase } from '#platform/open-test-database.ts';
import { eq } from 'drizzle-orm';
import type { ExchangeRequest } from '../sync/exchange.ts';
import { exchangeEntries } from './exchange-entries.ts';
import { progressEntries } from './tables.ts';

// A PostgreSQL is made and started.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

type Event = ExchangeRequest['events'][number];
type LabFile = ExchangeRequest['labFiles'][number];

let database: Awaited<ReturnType<typeof openTestDatabase>>;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database[Symbol.asyncDispose]());

/** A device of the account that remembers its cursor. */
function openDevice(account: string) {
  const device = randomUUID();
  let cursor = 0;
  return async (more: { readonly events?: Event[]; readonly labFiles?: LabFile[] } = {}) => {
    const request = { device, cursor, events: [], labFiles: [], ...more };
    const answer = await exchangeEntries(database.db, account, request);
    cursor = answer.cursor;
    return answer;
  };
}

function makeEvent(): Event {
  const [id, device, at] = [randomUUID(), randomUUID(), new Date().toISOString()];
  return {
    id,
    at,
    device,
    schema: 1,
    kind: 'solution-shown',
    payload: { lab: 'l06-first-service' },
  };
}

function makeFile(text: string): LabFile {
  const [revision, device, at] = [randomUUID(), randomUUID(), new Date().toISOString()];
  return {
    lab: 'l06-first-service',
    path: 'deployment.yaml',
    text,
    revision,
    base: null,
    at,
    device,
  };
}

test('what one device adds, the other reads once, and its own it never reads', async () => {
  const account = await addTestPerson(database.db);
  const [train, desk] = [openDevice(account), openDevice(account)];
  const [event, file] = [makeEvent(), makeFile('mine')];
  expect(await train({ events: [event], labFiles: [file] })).toMatchObject({
    events: [],
    labFiles: [],
  });
  expect(await desk()).toMatchObject({ hasMore: false, events: [event], labFiles: [file] });
  expect(await desk()).toMatchObject({ events: [], labFiles: [] });
});

test('what comes again, from whichever device, is kept once', async () => {
  const account = await addTestPerson(database.db);
  const event = makeEvent();
  for (const device of [openDevice(account), openDevice(account)]) {
    await device({ events: [event] });
    await device({ events: [event] });
  }
  const rows = await database.db
    .select()
    .from(progressEntries)
    .where(eq(progressEntries.account, account));
  expect(rows).toHaveLength(1);
});

test('nobody reads or hides what another account has, not even with its ids', async () => {
  const [ada, bob] = [await addTestPerson(database.db), await addTestPerson(database.db)];
  const event = makeEvent();
  await openDevice(bob)({ events: [event] });
  expect(await openDevice(ada)()).toMatchObject({ events: [] });
  await openDevice(ada)({ events: [event] });
  expect(await openDevice(ada)()).toMatchObject({ events: [event] });
});

test('a week offline comes in pages, none lost at their edges', async () => {
  const account = await addTestPerson(database.db);
  const train = openDevice(account);
  const events = Array.from({ length: 450 }, makeEvent);
  for (let from = 0; from < events.length; from += 150)
    await train({ events: events.slice(from, from + 150) });
  const desk = openDevice(account);
  const pages = [await desk(), await desk(), await desk()];
  expect(pages.map(({ hasMore }) => hasMore)).toEqual([true, true, false]);
  expect(pages.flatMap((page) => page.events)).toEqual(events);
});

test('devices that write at the same moment lose nothing of each other', async () => {
  const account = await addTestPerson(database.db);
  const devices = Array.from({ length: 8 }, () => openDevice(account));
  const seen = await Promise.all(
    devices.map(async (device) => {
      const read = [];
      for (let round = 0; round < 10; round += 1)
        read.push(...(await device({ events: [makeEvent()] })).events);
      return read;
    }),
  );
  for (const [index, device] of devices.entries())
    expect(new Set([...seen[index]!, ...(await device()).events].map(({ id }) => id)).size).toBe(
      70,
    );
});

test('characters that the database refuses are kept by a sign of theirs', async () => {
  const account = await addTestPerson(database.db);
  await openDevice(account)({ labFiles: [makeFile('a\u0000b\uD800c')] });
  const { labFiles } = await openDevice(account)();
  expect(labFiles[0]?.text).toBe('a\u2400b\uFFFDc');
});

test('with the account its progress goes', async () => {
  const account = await addTestPerson(database.db);
  await openDevice(account)({ events: [makeEvent()] });
  await database.db.delete(user).where(eq(user.id, account));
  const rows = await database.db
    .select()
    .from(progressEntries)
    .where(eq(progressEntries.account, account));
  expect(rows).toEqual([]);
});
