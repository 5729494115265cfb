import type { LabCheck } from '#labs/check-context.ts';
import { BUDGET_BYTES, CALLERS, crowd } from '../probe.ts';

const LEAST_USED = 0.6;

const check: LabCheck = {
  id: 'pays-rent',
  title: 'Everybody is answered, with the memory that is there',
  instruction: '4',
  points: 2,
  hint: 'A request takes room for its prompt and all that it may write. How many long ones fit into your limit, and what becomes of the next?',
  async run(context, signal) {
    const { answers, peakBytes } = await crowd(context, signal);
    const served = answers.filter(({ text }) => text !== null).length;
    const used = peakBytes / BUDGET_BYTES;
    return {
      passed: served === CALLERS && used >= LEAST_USED,
      measured: `${served} of ${CALLERS} requests at the same moment were answered; ${(100 * used).toFixed(0)} % of the memory was used`,
      bar: `all ${CALLERS} are answered, and at least ${LEAST_USED * 100} % of the memory is used`,
      why: 'A limit far below what is there makes callers wait in front of empty memory, and the node costs the same.',
    };
  },
};

export default check;
