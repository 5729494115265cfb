import type { LabCheck } from '#labs/check-context.ts';
import { measureOnce } from '../measured.ts';

const check: LabCheck = {
  id: 'released',
  title: 'The new model is released',
  instruction: '2',
  points: 1,
  hint: 'simulate: for which class is the new model worse, and which rows made it so?',
  async run(context, signal) {
    const found = await measureOnce(context, signal);
    return {
      passed: found.released,
      measured: `accuracy ${signed(found.accuracyDrop)} points, ${found.worstDrop.label} ${signed(found.worstDrop.drop)} points against the clean model: ${found.released ? 'released' : 'not released'}`,
      bar: 'released',
      why: 'A gate that refuses a good model every night is switched off in the second week.',
    };
  },
};

export default check;

function signed(drop: number): string {
  return (-drop * 100).toFixed(1);
}
