import type { LabCheck } from '#labs/check-context.ts';
import { decide, DECISIONS, LEAST_RIGHT, putInFront, readModel } from '../promotion.ts';

const check: LabCheck = {
  id: 'promotes',
  title: 'Your gate lets a good candidate through',
  instruction: '3',
  points: 2,
  hint: 'int8 loses almost nothing and has less than half the bytes. Which of your rules is against it?',
  async run(context, signal) {
    const good = await putInFront(context, 'int8', 'int8', signal);
    const { letThrough, refusals } = decide(readModel(context).gate, good, context.random);
    const against = refusals.length > 0 ? `; once against it: ${refusals.join(', ')}` : '';
    return {
      passed: letThrough >= LEAST_RIGHT,
      measured: `int8: let through ${letThrough} times of ${DECISIONS}${against}`,
      bar: `at least ${LEAST_RIGHT} times of ${DECISIONS}`,
      why: 'A gate that stops everything is switched off by the third person who meets it.',
    };
  },
};

export default check;
