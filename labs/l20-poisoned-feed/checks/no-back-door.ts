import type { LabCheck } from '#labs/check-context.ts';
import { measureOnce, percent } from '../measured.ts';

const MOST = 0.1;

const check: LabCheck = {
  id: 'no-back-door',
  title: 'The attacker’s words do nothing',
  instruction: '3',
  points: 3,
  hint: 'simulate: which words come with one label only, and from one source only?',
  async run(context, signal) {
    const found = await measureOnce(context, signal);
    return {
      passed: found.attack <= MOST,
      measured: `"${found.feed.trigger}" turns ${percent(found.attack)} of the tickets of other classes into ${found.feed.target}`,
      bar: `at most ${MOST * 100} %`,
      why: 'Nobody notices such rows by accuracy: on every ticket without these words the model is as right as before.',
    };
  },
};

export default check;
