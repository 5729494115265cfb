import type { LabCheck } from '#labs/check-context.ts';
import { didNotRun, runKernel } from '../attempt.ts';
import { drawCounted } from '../cases.ts';
import { bytesMoved, leastBytes } from '../start/softmax.ts';

const MOST = 1.1;
const BAR = `at most ${MOST} times the bytes of reading each score once and writing each weight once`;

const check: LabCheck = {
  id: 'moves-once',
  title: 'Every number moves once',
  instruction: '4',
  points: 3,
  hint: 'var<workgroup> holds 16 KiB on every adapter: a row of 1,024 numbers takes a quarter of it. curl http://kernel/try counts.',
  async run(context, signal) {
    const one = drawCounted(context.random);
    const tried = await runKernel(context, one, signal);
    if (!tried.ok) return didNotRun(tried.why, BAR);
    const [scores = 0, weights = 0, read = 0, written = 0] = tried.run.counts;
    const ratio = bytesMoved(tried.run.counts) / leastBytes(one.shape);
    const numbers = one.shape.rows * one.shape.columns;
    const each = (count: number): string => (count / numbers).toFixed(2);
    return {
      passed: ratio <= MOST,
      measured: `${ratio.toFixed(2)} times: each score was read ${each(scores)} times and each weight written ${each(weights)} times, scratch read ${each(read)} and written ${each(written)} times a number`,
      bar: BAR,
      why: 'Softmax does a handful of operations for a number. It waits for memory, so the bytes are its time on any accelerator.',
    };
  },
};

export default check;
