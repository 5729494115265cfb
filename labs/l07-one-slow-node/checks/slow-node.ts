import type { LabCheck } from '#labs/check-context.ts';
import { describeNights, runNights, worstP99 } from '../nights.ts';
import { describeSlowNode } from '../scenario.ts';

/** In S. */
const MOST_P99 = 30;

const check: LabCheck = {
  id: 'slow-node',
  title: 'The p99 forgets the slow node',
  instruction: '1',
  points: 3,
  hint: 'simulate slow-node prints the share of each pod. How much of the work can a pod do that takes four times as long?',
  async run(context, signal) {
    const nights = await runNights(context, describeSlowNode, signal);
    return {
      passed: worstP99(nights) <= MOST_P99,
      measured: describeNights(nights),
      bar: `p99 at most ${MOST_P99} S in four runs, another pod slow in each, every request answered`,
      why: 'A policy that ignores what a pod has in front of it keeps feeding the one that cannot keep up, and its line grows without end.',
    };
  },
};

export default check;
