import { expect, test, vi } from 'vitest';
import { addTestPerson } from '#accounts/add-test-person.ts';
import { openTestDatabase } from '#platform/open-test-database.ts';
import { createLog } from '#platform/log.ts';
import { openQueue } from '../queue.ts';
import { insertSubmission } from '../testing/insert-submission.ts';
import { listUnfinished, listWaitingInTurn, readTurn } from './turns.ts';

// A PostgreSQL is made and started.
vi.setConfig({ testTimeout: 60_000 });

test('somebody who sends every lab at once is in nobody’s way', async () => {
  await using database = await openTestDatabase();
  const { db } = database;
  const [ada, bob] = [await addTestPerson(db), await addTestPerson(db)];
  const queued = (person: string, lab: string) =>
    insertSubmission(db, { person, lab, states: ['queued'] });
  const hers = [await queued(ada, 'l06'), await queued(ada, 'l07'), await queued(ada, 'l16')];
  const his = await queued(bob, 'l06');
  const inTurn = [hers[0], his, hers[1], hers[2]];
  expect(await listWaitingInTurn(db)).toEqual(inTurn);
  expect((await listUnfinished(db)).map(({ id }) => id)).toEqual(inTurn);
  const queue = await openQueue(database.pool, createLog('silent'));
  for (const each of [...hers, his]) await queue.send(each, await readTurn(db, each));
  const { promise: done, resolve } = Promise.withResolvers<void>();
  const seen: string[] = [];
  await queue.work(async (submission) => {
    seen.push(submission);
    if (seen.length === inTurn.length) resolve();
  }, 1);
  await done;
  await queue.stop();
  expect(seen).toEqual(inTurn);
});
