import type { LabCheck } from '#labs/check-context.ts';
import { askTester } from '../ask-tester.ts';
import { describeLatency } from '../describe.ts';
import { drawStallTest } from '../hidden-tests.ts';

const LEAST_MS = 8500;
const MOST_MS = 9500;
const BAR = 'p99 from 8.5 to 9.5 s; the truth is 9.0 s';
const WHY =
  'One request in ten is due while the server stands still and waits up to 10 s. A report without them describes the other nine.';

const check: LabCheck = {
  id: 'sees-the-stall',
  title: 'Its p99 shows a stall of 10 s',
  instruction: '2',
  points: 3,
  hint: 'How long did the slowest request wait, and how long does the tester wait? The callers of this service hang up after 30 s.',
  async run(context, signal) {
    const test = drawStallTest(context.random);
    const asked = await askTester(context, test, signal);
    if ('failure' in asked) return { passed: false, measured: asked.failure, bar: BAR, why: WHY };
    const { report, settings } = asked;
    const [p50, p99] = [report.p50, report.p99].map((value) =>
      describeLatency(value, settings.timeoutSeconds),
    );
    return {
      passed: report.p99 >= LEAST_MS && report.p99 <= MOST_MS,
      measured: `p99 ${p99}, p50 ${p50}, over ${report.counted} requests; the stall began at ${test.stall.at} s`,
      bar: BAR,
      why: WHY,
    };
  },
};

export default check;
