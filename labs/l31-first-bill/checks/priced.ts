import type { LabCheck } from '#labs/check-context.ts';
import { formatProblem } from '#platform/problem.ts';
import { estimate } from '../start/estimate.ts';
import { workloads } from '../start/workloads.ts';
import { openAttempt } from '../the-bill.ts';

const STEADY = 0.15;
const BAR =
  'every row that is used holds on the day of the estimate, and every formula has a value';
const WHY =
  'A price without its day and its source is a rumour. Who pays the bill will ask which quotation it was.';

const check: LabCheck = {
  id: 'priced',
  title: 'Every price holds on the day of the estimate',
  instruction: '1',
  points: 1,
  hint: 'Read retrieved_on and expires_on in prices.yaml beside as_of in cost.yaml. A day that is changed by hand makes no price valid.',
  async run(context, signal) {
    const { cost, ownRows, rates, spread } = await openAttempt(context, signal);
    for (const workload of workloads) {
      const result = estimate(cost, ownRows, workload, rates, [1]);
      if (result.ok) continue;
      const { field, message, repair } = result;
      const measured = formatProblem({ file: 'cost.yaml', field, message, repair });
      return { passed: false, measured, bar: BAR, why: WHY };
    }
    const measured = `${cost.machine} and ${cost.logs} hold on ${cost.as_of}. Measured here: ${show(rates.prompt)} prompt tokens/s and ${show(rates.output)} output tokens/s in one replica${unrest(spread)}`;
    return { passed: true, measured, bar: BAR, why: WHY };
  },
};

export default check;

/** Said, and no more: the bill of this attempt is drawn for the rates that were measured. */
function unrest(spread: number): string {
  if (spread <= STEADY) return '';
  return `. Not at rest: three measurements differ by ${Math.round(spread * 100)} %, so a real bill should not be based on them`;
}

function show(rate: number): string {
  return Math.round(rate).toLocaleString('en-GB');
}
