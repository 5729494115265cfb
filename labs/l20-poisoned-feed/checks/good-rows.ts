import type { LabCheck } from '#labs/check-context.ts';
import { measureOnce, percent } from '../measured.ts';

const MOST = 0.05;

const check: LabCheck = {
  id: 'good-rows',
  title: 'The good rows come through',
  instruction: '1',
  points: 2,
  hint: 'simulate says which rule holds back how many rows of each source.',
  async run(context, signal) {
    const found = await measureOnce(context, signal);
    return {
      passed: found.goodHeld <= MOST,
      measured: `${percent(found.goodHeld)} of the good rows were held back`,
      bar: `at most ${MOST * 100} %`,
      why: 'What is held back is what the model will not know: a new product, a new customer, an incident that nobody has seen before.',
    };
  },
};

export default check;
