import type { LabCheck } from '#labs/check-context.ts';
import { readPasses } from '../attempt.ts';

const check: LabCheck = {
  id: 'one-dispatch',
  title: 'It is one dispatch',
  instruction: '4',
  points: 1,
  hint: 'A row fits into the memory of one workgroup. What do the passes leave to each other that would have to leave it?',
  async run(context) {
    const passes = readPasses(context);
    return {
      passed: passes.length === 1,
      measured: `${passes.length} ${passes.length === 1 ? 'dispatch' : 'dispatches'}: ${passes.map(({ entry }) => entry).join(', ')}`,
      bar: 'one',
      why: 'Between two dispatches everything goes to memory and comes back, and the device is started once more.',
    };
  },
};

export default check;
