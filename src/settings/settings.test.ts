import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { makeTestOrganisation } from '#accounts/make-test-organisation.ts';
import { openTestDatabase } from '#platform/open-test-database.ts';
import { changeSettings } from './change-settings.ts';
import { listWithoutReminders, readSettings, readStoredSettings } from './read-settings.ts';
import { defaultSettings } from './settings.ts';

// A PostgreSQL is made and started.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let database: Awaited<ReturnType<typeof openTestDatabase>>;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database[Symbol.asyncDispose]());

async function openOrganisation() {
  const organisation = await makeTestOrganisation(database.db);
  return { organisation: organisation.id, by: await organisation.addPerson('Ada', 'admin') };
}

test('until somebody chooses, the defaults hold', async () => {
  const { organisation } = await openOrganisation();
  expect(await readSettings(database.db, organisation)).toEqual(defaultSettings);
});

test('each change is a row with who and when, and an audit row; what stayed the same is none', async () => {
  const { organisation, by } = await openOrganisation();
  const settings = { ...defaultSettings, zone: 'Europe/Oslo', reminders: false };
  expect(await changeSettings(database.db, { organisation, by, revision: 0, settings })).toBe(true);
  const stored = await readStoredSettings(database.db, organisation);
  expect(stored.settings).toEqual(settings);
  expect([...stored.changes].map(([name, change]) => [name, change.by])).toEqual([
    ['reminders', 'Ada'],
    ['zone', 'Ada'],
  ]);
  const { rows } = await database.db.execute(
    sql`SELECT actor, action, details FROM audit_log WHERE organisation = ${organisation} ORDER BY id`,
  );
  expect(rows).toEqual([
    {
      actor: by,
      action: 'setting changed',
      details: { organisation, setting: 'zone', from: '', to: 'Europe/Oslo' },
    },
    {
      actor: by,
      action: 'setting changed',
      details: { organisation, setting: 'reminders', from: true, to: false },
    },
  ]);
});

test('who had not seen the last change changes nothing', async () => {
  const { organisation, by } = await openOrganisation();
  const first = { ...defaultSettings, zone: 'UTC' };
  await changeSettings(database.db, { organisation, by, revision: 0, settings: first });
  const second = { ...defaultSettings, late: 'close' as const };
  const change = { organisation, by, revision: 0, settings: second };
  expect(await changeSettings(database.db, change)).toBe(false);
  expect(await readSettings(database.db, organisation)).toEqual(first);
});

test('reminders are off for the organisation that switched them off, and on again after that', async () => {
  const [one, other] = [await openOrganisation(), await openOrganisation()];
  const ids = [one.organisation, other.organisation];
  const settings = { ...defaultSettings, reminders: false };
  await changeSettings(database.db, { ...one, revision: 0, settings });
  expect(await listWithoutReminders(database.db, ids)).toEqual(new Set([one.organisation]));
  const { revision } = await readStoredSettings(database.db, one.organisation);
  await changeSettings(database.db, { ...one, revision, settings: defaultSettings });
  expect(await listWithoutReminders(database.db, ids)).toEqual(new Set());
});

test('what a later release chose does not stand in the way', async () => {
  const { organisation } = await openOrganisation();
  await database.db.execute(
    sql`INSERT INTO organisation_setting (organization_id, name, value) VALUES (${organisation}, 'later', '"x"')`,
  );
  expect(await readSettings(database.db, organisation)).toEqual(defaultSettings);
});
