import type { LabCheck } from '#labs/check-context.ts';
import { rushHours } from '../measure.ts';
import { ALONE, SLO } from '../scenario.ts';

const check: LabCheck = {
  id: 'tpot',
  title: 'Tokens keep coming',
  instruction: '2',
  points: 2,
  hint: 'Each request in the batch makes every step a little longer, and each prompt that is read in between stops all of them. Compare the p99 of TPOT at two sizes of the batch.',
  async run(context, signal) {
    const hours = await rushHours(context, signal);
    const p99s = hours.map(({ report }) => (report.tpot?.p99 ?? Infinity) / ALONE.tpotMs);
    const worst = Math.max(...p99s);
    return {
      passed: worst <= SLO.tpot,
      measured: `worst of four: TPOT p99 ${worst.toFixed(2)} times that of a request alone (all: ${p99s.map((p99) => p99.toFixed(2)).join(', ')})`,
      bar: `at most ${SLO.tpot} times, at 2 mu_1`,
      why: 'Goodput forgives one request in three. Those who were let in should be served as promised, all but one in a hundred.',
    };
  },
};

export default check;
