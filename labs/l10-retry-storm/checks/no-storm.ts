import type { LabCheck } from '#labs/check-context.ts';
import { runFour, samplesWithin, sum } from '../runs.ts';
import { BROWN_OUT, describeBrownOut } from '../scenario.ts';

const MOST = 1.2;

const check: LabCheck = {
  id: 'no-storm',
  title: 'Retries do not multiply the load in the brown-out',
  instruction: '1',
  points: 3,
  hint: 'simulate --timeline brown-out: compare sent with offered from second 20 on. What limits the number of retries, whatever fails?',
  async run(context, signal) {
    const runs = await runFour(context, describeBrownOut, signal);
    context.notes.set('brown-outs', runs);
    const factors = runs.map((report) => {
      const during = samplesWithin(report, BROWN_OUT.from, BROWN_OUT.until);
      return sum(during, 'sent') / sum(during, 'offered');
    });
    return {
      passed: Math.max(...factors) <= MOST,
      measured: `${factors.map((factor) => factor.toFixed(2)).join(', ')} attempts for each request during the brown-out, in four runs`,
      bar: `at most ${MOST}`,
      why: 'The pods can do a sixth of their work and get several times as much to do. Each caller acts reasonably, and together they are the outage.',
    };
  },
};

export default check;
