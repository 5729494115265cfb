import type { LabCheck } from '#labs/check-context.ts';
import { drawDemands } from '../hidden-bill.ts';
import { estimateHidden, openAttempt } from '../the-bill.ts';

const TOLERANCE = 0.1;
const MONTHS = 2000;
const BAR = "the P50 of your forecast within 10 % of the median month's bill, for each workload";
const WHY =
  'The bill has more lines than machines. Those that nobody thought of are the sticker shock.';

const check: LabCheck = {
  id: 'month',
  title: 'The forecast of the month is right in the middle',
  instruction: '3',
  points: 3,
  hint: 'Which rows of the price table does the formula `month` not use? Mind what a request leaves behind, and how many KB a GB has.',
  async run(context, signal) {
    const attempt = await openAttempt(context, signal);
    const lines: string[] = [];
    let passed = true;
    for (const bill of attempt.bills) {
      const { workload } = bill;
      const demands = drawDemands(context.random, workload.uncertainty, MONTHS);
      const result = estimateHidden(attempt, bill, demands);
      if (!result.ok)
        return {
          passed: false,
          measured: `${result.message} ${result.repair}`,
          bar: BAR,
          why: WHY,
        };
      const forecast = medianOf(result.estimate.months);
      const actual = medianOf(demands.map((demand) => bill.month(demand)));
      const error = forecast / actual - 1;
      passed &&= Math.abs(error) <= TOLERANCE;
      lines.push(
        `${workload.name}: P50 ${whole(forecast)} XTS, the median month costs ${whole(actual)} XTS (${error >= 0 ? '+' : ''}${(error * 100).toFixed(0)} %)`,
      );
    }
    return { passed, measured: lines.join('\n'), bar: BAR, why: WHY };
  },
};

export default check;

function medianOf(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? NaN;
}

function whole(value: number): string {
  return Math.round(value).toLocaleString('en-GB');
}
