import type { LabCheck } from '#labs/check-context.ts';
import { formatProblem } from '#platform/problem.ts';
import { daysOf, worstOf } from '../days.ts';
import { nameDay } from '../measure.ts';
import { PHASES, readScaledPools, SLO } from '../scenario.ts';

const MOST_BAD = 0.1;
const BAR = `at most ${seconds(MOST_BAD)}, one tenth of the step; SLO: first token within ${SLO.ttftMs / 1000} s for 95 %`;
const WHY =
  'Between the step and the first new pod lie one look of the controller, up to 15 s, and a cold start of 15 s. The rest is yours: a signal that asks for one pod more at a time pays for that again and again.';

const check: LabCheck = {
  id: 'in-time',
  title: 'The pods are there when the load is',
  instruction: '1',
  points: 3,
  hint: 'Compare what the metric reads at half of a pod and at two pods and a half of work. If it cannot read five times as much, it cannot say how many pods are missing.',
  async run(context, signal) {
    const pools = readScaledPools(context.manifests);
    if (!pools.ok) {
      const measured = pools.problems.map(formatProblem).join('\n');
      return { passed: false, measured, bar: BAR, why: WHY };
    }
    const days = await daysOf(context, signal);
    const worst = worstOf(days, ({ badShare }) => badShare);
    const others = days.map(({ badShare }) => seconds(badShare)).join(', ');
    return {
      passed: worst.badShare <= MOST_BAD,
      measured: `worst of four days (${nameDay(worst)}): ${seconds(worst.badShare)} of the ${PHASES.step} s step outside the SLO (all: ${others}). Scaled at ${worst.scalings || 'no time'}`,
      bar: BAR,
      why: WHY,
    };
  },
};

export default check;

function seconds(share: number): string {
  return `${Math.round(share * PHASES.step)} s`;
}
