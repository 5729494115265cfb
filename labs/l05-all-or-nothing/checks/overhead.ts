import type { LabCheck } from '#labs/check-context.ts';
import { measureCheckpoint, type CheckpointCost } from '../checkpoint-cost.ts';
import { readQueue } from '../nights.ts';

const MOST = 0.1;

const check: LabCheck = {
  id: 'overhead',
  title: 'Checkpoints take little of the time',
  instruction: '3',
  points: 2,
  hint: 'Open /training/, compute with wasm and 256 windows in a step, and read how many steps a checkpoint takes.',
  async run(context, signal) {
    const known = context.notes.get('cost') as CheckpointCost | undefined;
    const cost = known ?? (await measureCheckpoint(signal));
    context.notes.set('cost', cost);
    const { checkpointEverySteps: every } = readQueue(context);
    const share = every === 'never' ? 0 : cost.steps / every;
    return {
      passed: share <= MOST,
      measured: `a step takes ${cost.stepMs.toFixed(2)} ms here and a checkpoint ${cost.checkpointMs.toFixed(1)} ms, as long as ${cost.steps.toFixed(1)} steps: ${(share * 100).toFixed(1)} % on top`,
      bar: `at most ${MOST * 100} %`,
      why: 'While a checkpoint is written, every worker waits.',
    };
  },
};

export default check;
