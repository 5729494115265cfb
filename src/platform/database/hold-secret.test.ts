import path from 'node:path';
import { rm } from 'node:fs/promises';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { readSecretFacts } from '#accounts/secret-facts.ts';
import { openTestDatabase } from '#platform/open-test-database.ts';
import { signingSecret } from '#platform/tables.ts';
import { createLog } from '#platform/log.ts';
import { holdSecret, replaceSecret } from './hold-secret.ts';
import { keepDatabase } from './keep.ts';
import { parseEnv } from '../env.ts';
import { makeDataFolder } from './testing/data-folder.ts';

// A PostgreSQL is made and started.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let database: Awaited<ReturnType<typeof openTestDatabase>>;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database[Symbol.asyncDispose]());
beforeEach(() => database.db.delete(signingSecret));

/** A server of a PostgreSQL that others may use too. */
const serverWith = (secret: string) => ({
  DATABASE_URL: 'postgres://day2@db/day2',
  DAY2_AUTH_SECRET: secret.padEnd(32, '.'),
  DAY2_DATA: 'nowhere',
});
const [one, other] = [serverWith('one'), serverWith('other')];
const start = (env: Parameters<typeof holdSecret>[1]) =>
  holdSecret(database, env, createLog('silent')).then(
    () => 'started',
    (error: unknown) => String(error),
  );

test('servers with one secret start, and one with another is told what it would do and the repair', async () => {
  expect([await start(one), await start(one)]).toEqual(['started', 'started']);
  const refusal = (await start(other)).replace(/\d{4}-\d\d-\d\d \d\d:\d\d/, '2026-11-29 12:00');
  expect(refusal).toMatchInlineSnapshot(
    `"DatabaseProblem: The servers of this database sign with another secret since 2026-11-29 12:00 UTC: what this one signs they would refuse, and it would refuse who is signed in. Where: DAY2_AUTH_SECRET. Repair: give every server of this database the same DAY2_AUTH_SECRET; what a server made by itself is in the file auth-secret of its DAY2_DATA. Where the secret was changed on purpose or is lost, stop every server and run "npm run secret:replace" with the new one."`,
  );
  expect(await start(one)).toBe('started');
});

test('of two that start at once on an empty database with secrets of their own, one is refused', async () => {
  const said = await Promise.all([start(one), start(other)]);
  expect(said.filter((text) => text === 'started')).toHaveLength(1);
});

test('a secret that was changed on purpose is taken once it is told, and the one before no longer', async () => {
  await start(one);
  const facts = await readSecretFacts(other);
  expect(await replaceSecret(database, facts)).toBe(true);
  expect(await replaceSecret(database, facts)).toBe(false);
  expect(await start(other)).toBe('started');
  expect(await start(one)).toContain('another secret');
});

test('the only server of an embedded database takes the secret that it made after its file was lost', async () => {
  await using data = await makeDataFolder();
  const embedded = { DAY2_DATA: data.path };
  expect(await start(embedded)).toBe('started');
  const [before] = await database.db.select().from(signingSecret);
  await rm(path.join(data.path, 'auth-secret'));
  expect(await start(embedded)).toBe('started');
  const [after] = await database.db.select().from(signingSecret);
  expect(after?.fingerprint).not.toBe(before?.fingerprint);
  expect(await start(one)).toContain('another secret');
});

test('what is noted is not the secret, and tells secrets apart', async () => {
  const [first, same, second] = await Promise.all([one, one, other].map(readSecretFacts));
  expect(first).toEqual({ fingerprint: same?.fingerprint, from: 'DAY2_AUTH_SECRET' });
  expect(second?.fingerprint).not.toBe(first?.fingerprint);
  expect(first?.fingerprint).toMatch(/^[\w-]{43}$/);
});

test('a database that a server may not use is not there for it, and the reason is', async () => {
  await using data = await makeDataFolder();
  const env = parseEnv({ DAY2_DATA: data.path });
  const refused = () => Promise.reject(new Error('not this one'));
  const kept = keepDatabase(env, createLog('silent'), refused);
  expect(String(await kept.firstTry)).toBe('Error: not this one');
  expect([kept.current(), await kept.findFault()]).toEqual([null, 'not this one']);
  await kept.close();
});
