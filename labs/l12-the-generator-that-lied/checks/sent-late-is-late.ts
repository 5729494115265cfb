import type { LabCheck } from '#labs/check-context.ts';
import { askTester } from '../ask-tester.ts';
import { describeLatency } from '../describe.ts';
import { drawPauseTest } from '../hidden-tests.ts';

/** Poisson arrivals move it by 0.1 s of 3 s at the shortest pause, one sigma. */
const TOLERANCE = 0.15;
const WHY =
  'A request that left late has made its caller wait, whoever was to blame. Counted from the moment of sending, a tester that stands still reports a fast server.';

const check: LabCheck = {
  id: 'sent-late-is-late',
  title: 'What it sends late counts as late',
  instruction: '3',
  points: 2,
  hint: "Run `curl 'http://tester/run?stallSeconds=0&pauseSeconds=5'`: the tester itself stands still for 5 s. Every request has a time at which it was due, which is neither the time of the call nor that of the wire.",
  async run(context, signal) {
    const test = drawPauseTest(context.random);
    // One request in a hundred, the slowest, was due in the first second of the pause for each 100 s.
    const truth = (test.pause.length - test.seconds / 100) * 1000;
    const asked = await askTester(context, test, signal);
    const bar = `p99 within 15 % of ${(truth / 1000).toFixed(1)} s`;
    if ('failure' in asked) return { passed: false, measured: asked.failure, bar, why: WHY };
    const { report, settings } = asked;
    return {
      passed: Math.abs(report.p99 / truth - 1) <= TOLERANCE,
      measured: `the tester's machine stood still for ${test.pause.length} s of ${test.seconds} s: p99 ${describeLatency(report.p99, settings.timeoutSeconds)} over ${report.counted} requests`,
      bar,
      why: WHY,
    };
  },
};

export default check;
