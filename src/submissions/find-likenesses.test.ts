import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { makeTestOrganisation } from '#accounts/make-test-organisation.ts';
import type { LabFiles } from '#labs/files.ts';
import { readLabFolder, type LabFolder } from '#labs/read-lab-folder.ts';
import { openTestDatabase } from '#platform/open-test-database.ts';
import { findLikenesses } from './find-likenesses.ts';
import { digestFiles, fingerprint } from './likeness/fingerprints.ts';
import { submission } from './tables.ts';
import { ownGate } from './testing/own-gate.ts';
import { passedAttempt } from './testing/passed-attempt.ts';

// A PostgreSQL is made and started.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const id = 'l35-own-its-dependencies';

let database: Awaited<ReturnType<typeof openTestDatabase>>;
let lab: LabFolder;
beforeAll(async () => {
  database = await openTestDatabase();
  lab = (await readLabFolder(id))!;
});
afterAll(() => database[Symbol.asyncDispose]());

async function openOrganisation() {
  const organisation = await makeTestOrganisation(database.db);
  return async (files: LabFiles): Promise<string> => {
    const userId = await organisation.addPerson('Ada');
    const { verdict } = passedAttempt(id, lab, files);
    const [row] = await database.db
      .insert(submission)
      .values({
        userId,
        verdictId: verdict.id,
        lab: id,
        labVersion: 1,
        seed: 1,
        files,
        verdict,
        solutionShown: false,
        digest: digestFiles(files),
        fingerprints: fingerprint(files, lab),
      })
      .returning({ id: submission.id });
    return row!.id;
  };
}

/** The same program with other names, comments and white space. */
const disguise = (text: string) =>
  `// All my own work.\n${text.replaceAll('budget', 'allowance').replaceAll('attempt', 'tryNumber').replaceAll('  ', '\t')}`;

test('a copy with other names and comments is noticed, with who was first', async () => {
  const send = await openOrganisation();
  const first = await send({ 'gate.ts': ownGate });
  const copy = await send({ 'gate.ts': disguise(ownGate) });
  const found = await findLikenesses(database.db, [copy]);
  expect(found).toMatchObject([
    { lab: id, one: { submission: first }, other: { submission: copy }, share: 1 },
  ]);
  expect(await findLikenesses(database.db, [first, copy])).toHaveLength(1);
});

test('two who both sent the published solution, or the start, are not asked about', async () => {
  const send = await openOrganisation();
  const files = { 'gate.ts': lab.solution['gate.ts'] ?? '' };
  const start = { 'gate.ts': lab.start['gate.ts'] ?? '' };
  const sent = [await send(files), await send(files), await send(start), await send(start)];
  expect(await findLikenesses(database.db, sent)).toEqual([]);
});

test('people of another organisation are not compared', async () => {
  const first = await (await openOrganisation())({ 'gate.ts': ownGate });
  const second = await (await openOrganisation())({ 'gate.ts': ownGate });
  const found = await findLikenesses(database.db, [first, second]);
  expect(found).toEqual([]);
});

test('what a whole class wrote is how it was taught, and no question', async () => {
  const send = await openOrganisation();
  const sent = [];
  for (let person = 0; person < 6; person += 1) sent.push(await send({ 'gate.ts': ownGate }));
  expect(await findLikenesses(database.db, sent)).toEqual([]);
});
