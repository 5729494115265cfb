import type { LabCheck } from '#labs/check-context.ts';
import { simulateNights } from '../nights.ts';

const check: LabCheck = {
  id: 'both-finish',
  title: 'Both jobs finish',
  instruction: '1',
  points: 3,
  hint: 'curl http://queue/run: how many slots does each job hold when nothing moves any more, and what does each of them wait for?',
  run(context) {
    const nights = simulateNights(context);
    context.notes.set('nights', nights);
    const stuck = nights.flatMap(({ jobs }) =>
      jobs.filter(({ finishedAt }) => finishedAt === null),
    );
    return Promise.resolve({
      passed: stuck.length === 0,
      measured: `in ${nights.length} nights ${2 * nights.length - stuck.length} of ${2 * nights.length} jobs finished within 900 s`,
      bar: 'all of them',
      why: 'A synchronous job with three of four workers does exactly as much as one with none, and its slots are gone for the other.',
    });
  },
};

export default check;
