import type { LabCheck } from '#labs/check-context.ts';
import { askTester } from '../ask-tester.ts';
import { describeLatency } from '../describe.ts';
import { drawOutageTest, PATIENCE_SECONDS } from '../hidden-tests.ts';

const TOLERANCE = 0.02;
const WHY =
  'Who got no answer was served worst. Percentiles over the successes alone get better with every caller that is lost.';

const check: LabCheck = {
  id: 'failures-count',
  title: 'Requests without an answer are in the figures',
  instruction: '4',
  points: 2,
  hint: "Run `curl 'http://tester/run?stallSeconds=40'`. Callers hang up after 30 s, so those of the first 10 s get nothing: how many are counted, and what is the p99?",
  async run(context, signal) {
    const test = drawOutageTest(context.random);
    const truth = (test.stall.length - PATIENCE_SECONDS) / test.seconds;
    const asked = await askTester(context, test, signal);
    const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;
    const bar = `${percent(truth)} of the requests without an answer, within 2 points, and a p99 that is one of them`;
    if ('failure' in asked) return { passed: false, measured: asked.failure, bar, why: WHY };
    const { report, settings } = asked;
    const share = report.failed / report.counted;
    return {
      passed: Math.abs(share - truth) <= TOLERANCE && report.p99 === Infinity,
      measured: `an outage of ${test.stall.length} s: ${percent(share)} of ${report.counted} counted requests without an answer, p99 ${describeLatency(report.p99, settings.timeoutSeconds)}`,
      bar,
      why: WHY,
    };
  },
};

export default check;
