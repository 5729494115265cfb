import type { LabCheck } from '#labs/check-context.ts';
import { drawDemands, type HiddenBill } from '../hidden-bill.ts';
import { estimateHidden, openAttempt, type Attempt } from '../the-bill.ts';

const DRAWS = 2000;
const MONTHS = 1000;
/** By its own definition the range from P10 to P90 holds 80 % of the months. */
const LEAST = 0.72;
const MOST = 0.88;
const BAR =
  '72 to 88 % of 1,000 other months cost between your P10 and your P90, for each workload';
const WHY =
  'A single figure is wrong in every month, and a range that holds everything says nothing. P10 to P90 promises four months out of five.';

const check: LabCheck = {
  id: 'range',
  title: 'The range holds four months out of five',
  instruction: '4',
  points: 2,
  hint: 'The platform works out `month` for 2,000 values of `demand` and takes the P10 and P90 of the results. What in the month follows the demand, and what does not?',
  async run(context, signal) {
    const attempt = await openAttempt(context, signal);
    const lines: string[] = [];
    let passed = true;
    for (const bill of attempt.bills) {
      const range = forecast(attempt, bill, context.random);
      if ('failure' in range) return { passed: false, measured: range.failure, bar: BAR, why: WHY };
      const months = drawDemands(context.random, bill.workload.uncertainty, MONTHS).map(bill.month);
      const inside =
        months.filter((cost) => cost >= range.p10 && cost <= range.p90).length / MONTHS;
      passed &&= inside >= LEAST && inside <= MOST;
      lines.push(
        `${bill.workload.name}: ${(inside * 100).toFixed(0)} % of the months between ${whole(range.p10)} and ${whole(range.p90)} XTS`,
      );
    }
    return { passed, measured: lines.join('\n'), bar: BAR, why: WHY };
  },
};

export default check;

function forecast(
  attempt: Attempt,
  bill: HiddenBill,
  random: () => number,
): { readonly p10: number; readonly p90: number } | { readonly failure: string } {
  const demands = drawDemands(random, bill.workload.uncertainty, DRAWS);
  const result = estimateHidden(attempt, bill, demands);
  if (!result.ok) return { failure: `${result.message} ${result.repair}` };
  const sorted = result.estimate.months.toSorted((a, b) => a - b);
  const quantile = (share: number): number => sorted[Math.floor(share * sorted.length)] ?? NaN;
  return { p10: quantile(0.1), p90: quantile(0.9) };
}

function whole(value: number): string {
  return Math.round(value).toLocaleString('en-GB');
}
