import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { member, organization, user } from '#accounts/tables.ts';
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
  const organizationId = randomUUID();
  await database.db
    .insert(organization)
    .values({ id: organizationId, name: 'Example', slug: organizationId });
  return async (files: LabFiles): Promise<string> => {
    const userId = randomUUID();
    await database.db
      .insert(user)
      .values({ id: userId, name: 'A', email: `${userId}@example.org` });
    await database.db
      .insert(member)
      .values({ id: randomUUID(), organizationId, userId, role: 'learner' });
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
        fingerprints: fingerprint(files, [lab.start, lab.solution]),
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

test('order of keys, comments and quotes of YAML say nothing', () => {
  const one = { 'a.yaml': 'b: 1 # one\nc: [x, "y"]\n' };
  const other = { 'a.yaml': 'c:\n  - x\n  - y\nb: 1\n' };
  expect(digestFiles(one)).toBe(digestFiles(other));
  expect(digestFiles({ 'a.yaml': 'b: 2\nc: [x, y]' })).not.toBe(digestFiles(one));
});

test('files that would take long to read are read all the same', () => {
  const bomb = `a: &a [x,x,x,x,x,x,x,x]\n${'bcdefghi'
    .split('')
    .map(
      (key, at) =>
        `${key}: &${key} [${Array.from({ length: 8 }, () => `*${'abcdefgh'[at]}`).join(',')}]`,
    )
    .join('\n')}`;
  for (const text of [
    bomb,
    '['.repeat(20_000),
    '{a: '.repeat(10_000),
    `"${'\\'.repeat(30_000)}`,
    '/*'.repeat(30_000),
    '`${'.repeat(20_000),
  ])
    for (const name of ['a.yaml', 'a.ts'])
      expect(digestFiles({ [name]: text })).toMatch(/^[0-9a-f]{64}$/);
});
