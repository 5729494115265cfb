import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { openTestTeams } from '#accounts/open-test-teams.ts';
import { openTestDatabase } from '#platform/open-test-database.ts';
import type { Asker } from './asker.ts';
import { answerEdit, answerNew } from './answer-assignment.ts';
import { answerManaged } from './answer-managed.ts';
import { findManaged } from './read-managed.ts';
import { findMine } from './read-mine.ts';
import { shippedPath } from './testing/draft.ts';
import { errorsOf, idOf, now, post, sound } from './testing/forms.ts';

// A PostgreSQL is made and started.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let database: Awaited<ReturnType<typeof openTestDatabase>>;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database[Symbol.asyncDispose]());

test('an assignment that has ended can be changed as long as its end stays or moves into the future', async () => {
  const { manager, team } = await openTestTeams(database.db);
  const id = idOf(await answerNew(manager, shippedPath, post(sound(team)), now));
  const after = new Date('2099-05-01T00:00:00Z');
  const edit = async (more: Readonly<Record<string, string>>) => {
    const managed = (await findManaged(manager, id, after))!;
    const revision = String(managed.assignment.revision);
    const fields = { ...sound(team), zone: 'Europe/Berlin', revision, ...more };
    return answerEdit(manager, managed, null, post(fields), after);
  };
  expect((await edit({ note: 'Only the note.' }))?.kind).toBe('done');
  expect(errorsOf(await edit({ 'due-day': '2099-04-01' }))).toHaveProperty('due-day');
  expect((await edit({ 'due-day': '2099-05-20' }))?.kind).toBe('done');
  const stale = await edit({ 'due-day': '2099-05-20', revision: '0' });
  expect(stale?.kind === 'refused' && [stale.status, stale.values['note']]).toEqual([
    409,
    undefined,
  ]);
  const forged = await edit({ 'due-day': '2099-05-20', revision: 'x' });
  expect(forged?.kind === 'refused' && forged.status).toBe(409);
});

test('two people change one assignment: the second is told, keeps what they typed, and may put theirs on top', async () => {
  const { manager, admin, team } = await openTestTeams(database.db);
  const id = idOf(await answerNew(manager, shippedPath, post(sound(team)), now));
  const open = async (asker: Asker) => (await findManaged(asker, id, now))!;
  const save = async (asker: Asker, revision: number, note: string) => {
    const fields = { ...sound(team), revision: String(revision), note };
    return answerEdit(asker, await open(asker), null, post(fields), now);
  };
  const { revision } = (await open(manager)).assignment;
  expect((await save(manager, revision, 'The first.'))?.kind).toBe('done');
  const second = await save(admin, revision, 'The second.');
  expect(second).toMatchObject({ kind: 'refused', status: 409, values: { note: 'The second.' } });
  const shown = (await open(admin)).assignment;
  expect(shown.note).toBe('The first.');
  expect((await save(admin, shown.revision, 'The second.'))?.kind).toBe('done');
  expect((await open(manager)).assignment.note).toBe('The second.');
  const withdrawal = { form: 'withdraw', reason: 'Wrong path.' };
  await answerManaged(manager, await open(manager), post(withdrawal), now);
  const late = await save(admin, shown.revision + 1, 'Too late.');
  expect(late).toMatchObject({ kind: 'refused', status: 410, values: { note: 'Too late.' } });
});

test('more time needs a person, a later end and a reason; withdrawing needs a reason', async () => {
  const { manager, team, ada, bob } = await openTestTeams(database.db);
  const id = idOf(await answerNew(manager, shippedPath, post(sound(team)), now));
  const send = async (fields: Readonly<Record<string, string>>) =>
    answerManaged(manager, (await findManaged(manager, id, now))!, post(fields), now);
  const extension = { form: 'extend', person: ada, 'due-day': '2099-04-10', reason: 'Ill.' };
  expect(errorsOf(await send({ ...extension, reason: '' }))).toEqual({
    reason: 'Say why, in a few words.',
  });
  expect(errorsOf(await send({ ...extension, person: bob }))).toHaveProperty('person');
  expect(errorsOf(await send({ ...extension, 'due-day': '2099-03-20' }))).toHaveProperty('due-day');
  expect((await send(extension))?.kind).toBe('done');
  const mine = await findMine(database.db, { id: ada }, id, now);
  expect(mine?.standing.extension?.reason).toBe('Ill.');
  expect(errorsOf(await send({ form: 'withdraw' }))).toHaveProperty('reason');
  expect((await send({ form: 'withdraw', reason: 'Wrong path.' }))?.kind).toBe('done');
  const again = await send(extension);
  expect(again?.kind === 'refused' && again.status).toBe(409);
});
