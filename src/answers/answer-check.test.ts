import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { addTestPerson } from '#accounts/add-test-person.ts';
import type { Visit } from '#accounts/visit.ts';
import { knowledgeCheckSchema } from '#courses/knowledge-check.ts';
import { openTestDatabase } from '#platform/open-test-database.ts';
import { answerCheck } from './answer-check.ts';
import { gradedAnswer } from './tables.ts';

// A PostgreSQL is made and started.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let database: Awaited<ReturnType<typeof openTestDatabase>>;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database[Symbol.asyncDispose]());

const numeric = knowledgeCheckSchema.parse({
  id: 'one',
  counts: true,
  kind: 'numeric',
  answer: 12,
  tolerance: 0,
  why: 'Because twelve is what it comes to.',
  options: [],
});
const hoursAgo = (hours: number) => new Date(Date.now() - hours * 3_600_000).toISOString();

/** Somebody who is signed in and sends tries. */
async function openPerson() {
  const account = await addTestPerson(database.db);
  const found = {
    user: { id: account, name: 'Ada', email: 'ada@example.org', emailVerified: true },
    session: { id: 'session', createdAt: new Date() },
  };
  const getSession = () => Promise.resolve({ headers: null, response: found });
  const visit = {
    db: database.db,
    auth: { api: { getSession } },
    headers: new Headers({ Cookie: 'session' }),
  } as unknown as Visit;
  const send = (more: object = {}, headers: Record<string, string> = {}) => {
    const given = { id: randomUUID(), lesson: 'capacity/will-it-fit', check: 'one', answer: 12 };
    const request = new Request('https://day2.example/api/checks/', {
      method: 'POST',
      headers,
      body: JSON.stringify({ ...given, ...more }),
    });
    return answerCheck(visit, request, () => Promise.resolve(numeric));
  };
  const rows = () =>
    database.db.select().from(gradedAnswer).where(eq(gradedAnswer.account, account));
  return { account, send, rows };
}

test('a try that waited counts from when it was given, and is graded once', async () => {
  const { account, send, rows } = await openPerson();
  const held = { id: randomUUID(), at: hoursAgo(5) };
  const asOwner = { 'X-Day-Two-Account': account };
  expect(await (await send(held, asOwner)).json()).toMatchObject({ correct: true, tries: 1 });
  expect(await (await send(held, asOwner)).json()).toMatchObject({ correct: true, tries: 1 });
  const [row, ...others] = await rows();
  expect(others).toEqual([]);
  expect(row?.answeredAt.toISOString()).toBe(held.at);
  expect(Date.now() - +row!.gradedAt).toBeLessThan(60_000);
});

test('a device that says a month counts as of a week ago', async () => {
  const { send, rows } = await openPerson();
  await send({ at: hoursAgo(30 * 24) });
  const [row] = await rows();
  expect(+row!.gradedAt - +row!.answeredAt).toBe(7 * 86_400_000);
});

test('the pause of a wrong try that waited begins when it was graded', async () => {
  const { send, rows } = await openPerson();
  await send({ answer: 11, at: hoursAgo(5) });
  const second = await send({ at: hoursAgo(4) });
  expect(second.status).toBe(429);
  expect(Number(second.headers.get('Retry-After'))).toBeGreaterThan(25);
  expect(await rows()).toHaveLength(1);
});

test('a try of another account, of no moment, or with the id of another is refused', async () => {
  const { send, rows } = await openPerson();
  const id = randomUUID();
  await send({ id, answer: 11 });
  expect((await send({}, { 'X-Day-Two-Account': 'somebody else' })).status).toBe(409);
  expect((await send({ at: 'yesterday' })).status).toBe(400);
  expect((await send({ id, answer: 12 })).status).toBe(400);
  expect(await rows()).toHaveLength(1);
});
