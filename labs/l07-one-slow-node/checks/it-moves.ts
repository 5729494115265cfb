import type { LabCheck } from '#labs/check-context.ts';
import { describeNights, runNights, worstP99 } from '../nights.ts';
import { describeMove } from '../scenario.ts';

/** In S. */
const MOST_P99 = 20;

const check: LabCheck = {
  id: 'it-moves',
  title: 'It holds when another node becomes slow',
  instruction: '2',
  points: 3,
  hint: 'What does your policy remember of the first slow pod when the second one slows down? simulate --timeline it-moves shows the moment.',
  async run(context, signal) {
    const nights = await runNights(context, describeMove, signal);
    return {
      passed: worstP99(nights) <= MOST_P99,
      measured: describeNights(nights),
      bar: `p99 at most ${MOST_P99} S in four runs, another pod slow in each, every request answered`,
      why: 'Nodes throttle, recover, and others follow. A rule about one pod is out of date before the page is acknowledged.',
    };
  },
};

export default check;
