import type { LabCheck } from '#labs/check-context.ts';
import { measureOnce } from '../measured.ts';

const MOST = 0.01;

const check: LabCheck = {
  id: 'as-good-as-clean',
  title: 'The model is as good as one trained on clean rows',
  instruction: '4',
  points: 3,
  hint: 'simulate: for which class is the retrained model worse, and which source calls those tickets something else?',
  async run(context, signal) {
    const found = await measureOnce(context, signal);
    return {
      passed: found.clean - found.gated <= MOST,
      measured: `macro-F1 ${found.gated.toFixed(3)}, and ${found.clean.toFixed(3)} when trained on the good rows; ${found.worstDrop.label} lost most, ${(found.worstDrop.drop * 100).toFixed(1)} points`,
      bar: `at most ${MOST * 100} point below`,
      why: 'Macro-F1 weighs each class alike. In the accuracy of a day a rare class hardly counts, and broken hardware is rare.',
    };
  },
};

export default check;
