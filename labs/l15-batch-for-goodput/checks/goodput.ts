import type { LabCheck } from '#labs/check-context.ts';
import { rushHours, type Rush } from '../measure.ts';
import { ALONE, CAPACITY_ONE, SLO } from '../scenario.ts';

const LEAST = 1.45;

const check: LabCheck = {
  id: 'goodput',
  title: 'More requests are good than one at a time could make',
  instruction: '1',
  points: 4,
  hint: '`simulate rush` prints both tails. If TPOT is beyond the SLO, too many share each step; if TTFT is, they wait too long for their turn, and some of them should be told at once that there is no room.',
  async run(context, signal) {
    const hours = await rushHours(context, signal);
    const worst = hours.reduce((least, hour) => (gain(hour) < gain(least) ? hour : least));
    const { goodput, ttft, tpot, outcomes } = worst.report;
    const share = ((goodput?.share ?? 0) * 100).toFixed(0);
    return {
      passed: gain(worst) >= LEAST,
      measured: `worst of four: ${((goodput?.perSecond ?? 0) / CAPACITY_ONE).toFixed(2)} mu_1 good, ${gain(worst).toFixed(2)} times one at a time (${share} % of what was offered; ${outcomes.shed} refused; TTFT p50 ${times(ttft?.p50, ALONE.ttftMs)}, TPOT p50 ${times(tpot?.p50, ALONE.tpotMs)} of a request alone)`,
      bar: `at least ${LEAST} times one at a time at 2 mu_1; good: TTFT at most ${SLO.ttft} and TPOT at most ${SLO.tpot} times that of a request alone`,
      why: 'A token that comes too late is paid for and helps nobody. Goodput counts the requests that were answered as promised, and refusing one early can save two others.',
    };
  },
};

export default check;

function gain({ report, alone }: Rush): number {
  const of = ({ goodput }: Rush['report']): number => goodput?.perSecond ?? 0;
  return of(report) / of(alone);
}

function times(value: number | undefined, unit: number): string {
  return value === undefined ? 'none' : `${(value / unit).toFixed(1)} times`;
}
