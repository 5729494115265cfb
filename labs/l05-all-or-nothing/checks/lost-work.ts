import type { LabCheck } from '#labs/check-context.ts';
import type { CheckpointCost } from '../checkpoint-cost.ts';
import { readQueue } from '../nights.ts';
import { JOB_STEPS, MEAN_STEPS_BETWEEN_FAILURES, measureWaste } from '../start/waste.ts';

const MOST = 1.5;

const check: LabCheck = {
  id: 'lost-work',
  title: 'Failures and checkpoints together cost little',
  instruction: '3',
  points: 3,
  hint: 'With C steps for a checkpoint and M steps between failures, how long is the interval at which both costs are equal? Young worked it out in 1974.',
  run(context) {
    const { steps } = context.notes.get('cost') as CheckpointCost;
    const { checkpointEverySteps } = readQueue(context);
    const every = checkpointEverySteps === 'never' ? JOB_STEPS : checkpointEverySteps;
    const best = Math.max(1, Math.round(Math.sqrt(2 * steps * MEAN_STEPS_BETWEEN_FAILURES)));
    const own = measureWaste(every, steps, context.seed).total;
    const optimal = measureWaste(best, steps, context.seed).total;
    return Promise.resolve({
      passed: own <= MOST * optimal,
      measured: `checkpoints and repeated steps cost ${percent(own)} of the useful time over 4,000 failures, ${(own / optimal).toFixed(2)} times as much as the rule of Young and Daly (${percent(optimal)})`,
      bar: `at most ${MOST} times as much`,
      why: 'Too often and the job writes; too rarely and it repeats. Near the best interval the curve is flat, so a rough measurement is enough.',
    });
  },
};

export default check;

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}
