import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { makeTestOrganisation } from '#accounts/make-test-organisation.ts';
import { readLabFolder, type LabFolder } from '#labs/read-lab-folder.ts';
import { openTestDatabase } from '#platform/open-test-database.ts';
import { writeStep } from './db/steps.ts';
import { readLabStanding } from './read-lab-standing.ts';
import { submit } from './submit.ts';
import { ownGate } from './testing/own-gate.ts';
import { passedAttempt } from './testing/passed-attempt.ts';

// A PostgreSQL is made and started.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const id = 'l35-own-its-dependencies';
const verification = {
  wake: async () => {},
  isStaffed: async () => true,
  countAhead: async () => 3,
};

let database: Awaited<ReturnType<typeof openTestDatabase>>;
let lab: LabFolder;
beforeAll(async () => {
  database = await openTestDatabase();
  lab = (await readLabFolder(id))!;
});
afterAll(() => database[Symbol.asyncDispose]());

test('while an attempt waits its place is told, and likenesses only at its end', async () => {
  const { db } = database;
  const organisation = await makeTestOrganisation(db);
  const send = (person: string) =>
    submit(db, person, passedAttempt(id, lab, { 'gate.ts': ownGate }), lab);
  await send(await organisation.addPerson('Bob'));
  const person = await organisation.addPerson('Ada');
  const submission = (await send(person))!.id;
  const waiting = await readLabStanding(db, person, id, verification);
  expect(waiting).toMatchObject({ isStaffed: true, newest: { ahead: 3, alike: [] } });
  const { verdict } = passedAttempt(id, lab, {});
  await writeStep(db, submission, { state: 'verified', actor: 'worker', verdict });
  const verified = await readLabStanding(db, person, id, null);
  expect(verified).toMatchObject({ isStaffed: false, newest: { ahead: 0, alike: [{ share: 1 }] } });
});
