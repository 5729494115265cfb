import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { addTestPerson } from '#accounts/add-test-person.ts';
import { user } from '#accounts/tables.ts';
import type { LabFiles } from '#labs/files.ts';
import { readLabFolder, type LabFolder } from '#labs/read-lab-folder.ts';
import { openTestDatabase } from '#platform/open-test-database.ts';
import { addTestEvent } from '#progress/add-test-event.ts';
import { createLog } from '#platform/log.ts';
import { mostRuns, writeStep } from './db/steps.ts';
import { listUnfinished } from './db/turns.ts';
import { openQueue } from './queue.ts';
import { readSubmission } from './read-submission.ts';
import { submit } from './submit.ts';
import { passedAttempt } from './testing/passed-attempt.ts';
import type { GradeApart } from './worker/grade-apart.ts';
import type { GradeOrder } from './worker/grade-messages.ts';
import { verifySubmission } from './worker/verify-submission.ts';

// A PostgreSQL is made and started.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const id = 'l06-first-service';

let database: Awaited<ReturnType<typeof openTestDatabase>>;
let lab: LabFolder;
beforeAll(async () => {
  database = await openTestDatabase();
  lab = (await readLabFolder(id))!;
});
afterAll(() => database[Symbol.asyncDispose]());

async function send(person: string, files: LabFiles = {}): Promise<string> {
  const submitted = await submit(database.db, person, passedAttempt(id, lab, files), lab);
  return submitted!.id;
}

const statesOf = async (submission: string) =>
  (await readSubmission(database.db, submission))?.steps.map(({ state }) => state);

const listIds = async () => (await listUnfinished(database.db)).map((each) => each.id);

/** A worker whose grades end so. */
function openWorker(
  end: (order: GradeOrder) => GradeApart | Promise<GradeApart>,
  canGrade = async () => true,
  log = createLog('silent'),
) {
  const verifier = {
    db: database.db,
    log,
    dist: 'dist',
    grade: async (order: GradeOrder) => end(order),
    canGrade,
  };
  return (submission: string) => verifySubmission(verifier, submission);
}

function graded(order: GradeOrder, result: 'pass' | 'fail', waited = 0.4): GradeApart {
  const { verdict } = passedAttempt(id, lab, {});
  return {
    kind: 'graded',
    verdict: { ...verdict, result, seed: order.seed },
    lateMs: 0,
    refused: [],
    waited,
  };
}

const trouble: GradeApart = { kind: 'failed', reason: 'No Chromium.', waited: 0 };

test('what the server passes is verified, with a seed of its own', async () => {
  const submission = await send(await addTestPerson(database.db));
  const seeds: number[] = [];
  await openWorker((order) => (seeds.push(order.seed), graded(order, 'pass')))(submission);
  expect(await statesOf(submission)).toEqual(['queued', 'running', 'verified']);
  const sent = await readSubmission(database.db, submission);
  expect(seeds).not.toContain(sent?.verdict.seed);
  expect(sent?.steps.at(-1)?.verdict?.seed).toBe(seeds[0]);
});

test('what the server fails is not reproduced, unless the machine starved the grade', async () => {
  const [one, other] = [
    await send(await addTestPerson(database.db)),
    await send(await addTestPerson(database.db)),
  ];
  await openWorker((order) => graded(order, 'fail'))(one);
  expect(await statesOf(one)).toEqual(['queued', 'running', 'not-reproduced']);
  await expect(openWorker((order) => graded(order, 'fail', 0.95))(other)).rejects.toThrow(
    'too busy',
  );
  expect(await statesOf(other)).toEqual(['queued', 'running', 'errored']);
});

test('a verdict of another order verifies nothing', async () => {
  const submission = await send(await addTestPerson(database.db));
  const verify = openWorker((order) => graded({ ...order, seed: 1 }, 'pass'));
  await expect(verify(submission)).rejects.toThrow('of another release');
  expect(await statesOf(submission)).not.toContain('verified');
});

test('trouble of ours is tried again a few times and then given up, at no cost', async () => {
  const submission = await send(await addTestPerson(database.db));
  const verify = openWorker(() => trouble);
  for (let run = 1; run < mostRuns; run += 1)
    await expect(verify(submission)).rejects.toThrow('No Chromium.');
  await verify(submission);
  await verify(submission);
  const states = await statesOf(submission);
  expect(states?.filter((state) => state === 'errored')).toHaveLength(mostRuns);
  expect(states).not.toContain('not-reproduced');
  expect(await listIds()).not.toContain(submission);
});

test('a worker that dies each time is given up as well', async () => {
  const submission = await send(await addTestPerson(database.db));
  const verify = openWorker((order) => graded(order, 'pass'));
  for (let run = 1; run <= mostRuns; run += 1)
    await writeStep(database.db, submission, { state: 'running', actor: 'worker that died' });
  expect(await listIds()).toContain(submission);
  await verify(submission);
  expect((await statesOf(submission))?.at(-1)).toBe('errored');
  expect(await listIds()).not.toContain(submission);
});

test('a grade that cannot even be started is trouble of ours, and only the log says why', async () => {
  const submission = await send(await addTestPerson(database.db));
  const log = createLog('silent');
  const warned = vi.spyOn(log, 'warn');
  const noSpace = () => Promise.reject(new Error('No space left on /var/day-two.'));
  const verify = openWorker(noSpace, undefined, log);
  await expect(verify(submission)).rejects.toThrow('The grade could not be started.');
  expect(await statesOf(submission)).toEqual(['queued', 'running', 'errored']);
  expect(warned.mock.calls[0]?.[0]).toMatchObject({ detail: 'No space left on /var/day-two.' });
  const sent = await readSubmission(database.db, submission);
  expect(JSON.stringify(sent?.steps)).not.toContain('/var');
});

test('neither a worker that is stopped nor one whose Chromium is gone uses up the tries', async () => {
  const submission = await send(await addTestPerson(database.db));
  const stopped = openWorker(() => ({ kind: 'stopped', waited: 0 }));
  const bare = openWorker(
    () => trouble,
    async () => false,
  );
  for (let run = 1; run <= mostRuns; run += 1) {
    await expect(stopped(submission)).rejects.toThrow('was stopped');
    await expect(bare(submission)).rejects.toThrow('no Chromium that starts');
  }
  expect(await listIds()).toContain(submission);
  await openWorker((order) => graded(order, 'pass'))(submission);
  expect((await statesOf(submission))?.at(-1)).toBe('verified');
});

test('sent again it is the same submission, and with other files it is refused', async () => {
  const person = await addTestPerson(database.db);
  const attempt = passedAttempt(id, lab, {});
  const first = await submit(database.db, person, attempt, lab);
  expect(await submit(database.db, person, attempt, lab)).toEqual({ id: first!.id, isNew: false });
  const other = { ...attempt, files: { 'service.yaml': 'kind: Service' } };
  expect(await submit(database.db, person, other, lab)).toBeNull();
  expect(await statesOf(first!.id)).toEqual(['queued']);
});

test('the id of somebody else’s verdict makes a submission of one’s own and says nothing of theirs', async () => {
  const attempt = passedAttempt(id, lab, { 'service.yaml': 'kind: Service' });
  const theirs = await submit(database.db, await addTestPerson(database.db), attempt, lab);
  const thief = await addTestPerson(database.db);
  const own = await submit(database.db, thief, attempt, lab);
  expect(own).toMatchObject({ isNew: true });
  expect(own?.id).not.toBe(theirs?.id);
  expect((await readSubmission(database.db, own!.id))?.person).toBe(thief);
  expect(await statesOf(theirs!.id)).toEqual(['queued']);
});

test('what a release with another version of the lab took is not graded with this one’s checks', async () => {
  const person = await addTestPerson(database.db);
  const attempt = passedAttempt(id, lab, {});
  const labVersion = attempt.verdict.labVersion + 1;
  const of = { ...attempt, verdict: { ...attempt.verdict, labVersion } };
  const submitted = await submit(database.db, person, of, lab);
  const grades: GradeOrder[] = [];
  const verify = openWorker((order) => (grades.push(order), graded(order, 'pass')));
  await expect(verify(submitted!.id)).rejects.toThrow(`where version ${labVersion} of ${id}`);
  expect(grades).toEqual([]);
});

test('a newer attempt takes the place of one that waits, and of no other person’s', async () => {
  const [ada, bob] = [await addTestPerson(database.db), await addTestPerson(database.db)];
  const [first, his] = [await send(ada), await send(bob)];
  const second = await send(ada);
  expect(await statesOf(first)).toEqual(['queued', 'superseded']);
  expect([await statesOf(second), await statesOf(his)]).toEqual([['queued'], ['queued']]);
  await openWorker((order) => graded(order, 'pass'))(first);
  expect(await statesOf(first)).toEqual(['queued', 'superseded']);
});

test('that the solution was shown is known although the verdict says no', async () => {
  const person = await addTestPerson(database.db);
  await addTestEvent(database.db, person, 'solution-shown', { lab: id });
  const sent = await readSubmission(database.db, await send(person));
  expect(sent?.verdict.solutionShown).toBe(false);
  expect(sent?.solutionShown).toBe(true);
});

test('an account that is deleted while its submission is graded leaves nothing', async () => {
  const person = await addTestPerson(database.db);
  const submission = await send(person);
  await openWorker(async (order) => {
    await database.db.delete(user).where(eq(user.id, person));
    return graded(order, 'pass');
  })(submission);
  expect(await readSubmission(database.db, submission)).toBeNull();
});

test('nodes that open the queue at once share it; a submission is graded once, also where it is sent often', async () => {
  const nodes = await Promise.all(
    [1, 2, 3].map(() => openQueue(database.pool, createLog('silent'))),
  );
  const submissions = await Promise.all(
    Array.from({ length: 6 }, async () => send(await addTestPerson(database.db))),
  );
  const { promise: done, resolve } = Promise.withResolvers<void>();
  const seen: string[] = [];
  const verify = async (submission: string) => {
    await openWorker((order) => graded(order, 'pass'))(submission);
    seen.push(submission);
    if (seen.length === submissions.length) resolve();
  };
  // What was restored from a backup has rows and no job: it is found and sent.
  for (const queue of nodes)
    for (const { id: submission, turn } of await listUnfinished(database.db))
      if (submissions.includes(submission)) await queue.send(submission, turn);
  for (const queue of nodes) await queue.work(verify, 1);
  await done;
  for (const submission of submissions)
    expect(await statesOf(submission)).toEqual(['queued', 'running', 'verified']);
  for (const queue of nodes) await queue.stop();
});
