import type { LabCheck } from '#labs/check-context.ts';
import { timeKernel } from '../attempt.ts';

const MOST = 0.7;

const check: LabCheck = {
  id: 'quicker',
  title: 'On hardware it is quicker than five passes',
  instruction: '5',
  points: 0,
  hint: 'Is the whole workgroup busy, and do neighbours read neighbouring numbers? One invocation a row is right and slow.',
  async run(context, signal) {
    const { adapter, yours, before } = await timeKernel(context, signal);
    const bar = `at most ${MOST} times as long as five passes on the same adapter; only on hardware, and without points`;
    const why =
      'A software adapter is the processor, whose caches hold the rows between the passes: its times say nothing about an accelerator.';
    if (yours === null || before === null)
      return {
        passed: true,
        measured: `not graded on a software adapter (${adapter}), and nothing is lost by it`,
        bar,
        why,
      };
    return {
      passed: yours <= MOST * before,
      measured: `${yours.toFixed(2)} ms, five passes ${before.toFixed(2)} ms: ${(yours / before).toFixed(2)} times (${adapter})`,
      bar,
      why,
    };
  },
};

export default check;
