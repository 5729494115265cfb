import type { LabCheck } from '#labs/check-context.ts';
import { describeNights, runNights, worstP99 } from '../nights.ts';
import { describeRepair } from '../scenario.ts';

/** In S. */
const MOST_P99 = 10;

const check: LabCheck = {
  id: 'after-the-repair',
  title: 'A repaired pod gets its share again',
  instruction: '3',
  points: 2,
  hint: 'Look at the share of the repaired pod in simulate repair. What would have to happen before your policy asks it again?',
  async run(context, signal) {
    const nights = await runNights(context, describeRepair, signal);
    return {
      passed: worstP99(nights) <= MOST_P99,
      measured: describeNights(nights),
      bar: `p99 at most ${MOST_P99} S in four runs, another pod slow in each, every request answered`,
      why: 'The load rises to 3.2 mu, which needs all four. A pod that is no longer asked has no way to show that it is well.',
    };
  },
};

export default check;
