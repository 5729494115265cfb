import type { LabCheck } from '#labs/check-context.ts';
import { askTester } from '../ask-tester.ts';
import { drawRateTests } from '../hidden-tests.ts';
import type { Report, Test } from '../start/measure.ts';

/** Poisson arrivals of the smallest test differ by 1.3 % in all and by 4.6 % within the stall, one sigma. */
const WHOLE = 0.06;
const IN_STALL = 0.2;
const WINDOW_SECONDS = 0.1;

const BAR =
  'the requests that were asked for within 6 %, those of the stall within 20 %, and no bursts: in 100 ms at most three times the mean and 12';
const WHY =
  'Callers do not know that the server is slow, so they keep coming. A tester that waits for answers, or for room, asks least when it hurts most.';

const check: LabCheck = {
  id: 'keeps-the-rate',
  title: 'It keeps sending while the server stands still',
  instruction: '1',
  points: 3,
  hint: 'Run `curl http://tester/run` and compare what was sent during the stall with what was due. Two things can hold a request back: a line of arrivals.ts that waits for an answer, and a limit in loadtest.yaml.',
  async run(context, signal) {
    const measured: string[] = [];
    for (const test of drawRateTests(context.random)) {
      const asked = await askTester(context, test, signal);
      if ('failure' in asked) return { passed: false, measured: asked.failure, bar: BAR, why: WHY };
      measured.push(describe(test, asked.report));
      if (!keepsRate(test, asked.report))
        return { passed: false, measured: measured.join('\n'), bar: BAR, why: WHY };
    }
    return { passed: true, measured: measured.join('\n'), bar: BAR, why: WHY };
  },
};

export default check;

function keepsRate({ rate, seconds, stall }: Test, report: Report): boolean {
  const isRate = Math.abs(report.sent / (rate * seconds) - 1) <= WHOLE;
  const isKept = Math.abs(report.sentInStall / (rate * stall.length) - 1) <= IN_STALL;
  return isRate && isKept && report.mostAtOnce <= 3 * rate * WINDOW_SECONDS + 12;
}

function describe({ rate, seconds, stall }: Test, report: Report): string {
  return `${rate} requests/s for ${seconds} s: ${report.sent} of ${rate * seconds} sent, ${report.sentInStall} of ${rate * stall.length} while the server stood still for ${stall.length} s, at most ${report.mostAtOnce} in 100 ms`;
}
