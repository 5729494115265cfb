import type { LabCheck } from '#labs/check-context.ts';
import { putInFront, readModel } from '../promotion.ts';
import { compare } from '../start/gate.ts';

const MOST_F1 = 1;
const MOST_WORST = 3;

const check: LabCheck = {
  id: 'as-good',
  title: 'No class pays for it',
  instruction: '1',
  points: 3,
  hint: 'curl http://triage/classes/int2 counts right answers class by class. Which class does the mean hide?',
  async run(context, signal) {
    const { answers } = await putInFront(context, 'deployed', 'deployed', signal);
    const { 'macro-f1': f1, 'worst-class': worst, where } = compare(answers);
    return {
      passed: f1 <= MOST_F1 && worst <= MOST_WORST,
      measured: `${readModel(context).variant} on ${answers.length} new tickets: macro-F1 ${lower(f1)}, worst class ${where} ${lower(worst)}`,
      bar: `macro-F1 at most ${MOST_F1} point lower than the full model's, no class more than ${MOST_WORST} points`,
      why: 'A mean over all tickets says little about a class that is 2 % of them, and somebody waits for that ticket too.',
    };
  },
};

export default check;

function lower(drop: number): string {
  return drop > 0 ? `${drop.toFixed(1)} points lower` : `${(-drop).toFixed(1)} points higher`;
}
