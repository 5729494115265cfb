import type { LabCheck } from '#labs/check-context.ts';
import { putInFront, readModel } from '../promotion.ts';

const MOST = 50;

const check: LabCheck = {
  id: 'half-the-bytes',
  title: 'It takes half the bytes',
  instruction: '1',
  points: 1,
  hint: 'curl http://triage/gate prints the bytes of every variant. The tokeniser is read with each of them and does not shrink.',
  async run(context, signal) {
    const { bytesPercent } = await putInFront(context, 'deployed', 'deployed', signal);
    const { variant } = readModel(context);
    return {
      passed: bytesPercent <= MOST,
      measured: `the pods read ${bytesPercent.toFixed(1)} % of the full model's bytes for ${variant}`,
      bar: `at most ${MOST} %, model and tokeniser`,
      why: 'Memory at the edge is bought once. What does not fit is left at home.',
    };
  },
};

export default check;
