import type { LabCheck } from '#labs/check-context.ts';
import { didNotRun, runKernel, type Case, type CountedCase, type KernelRun } from '../attempt.ts';
import { softmaxOf } from '../start/softmax.ts';

const ABSOLUTE = 1e-4;
const RELATIVE = 0.01;
const BAR = `every weight within ${ABSOLUTE} and 1 % of the same in 64 bits, in twelve shapes that are new in every attempt`;

const check: LabCheck = {
  id: 'right',
  title: 'The weights are right, whatever the shape and the scores',
  instruction: '3',
  points: 3,
  hint: 'What does exp make of 20,000? Where does the second row begin? And who adds up what lies behind the last column?',
  async run(context, signal) {
    const cases = context.notes.get('cases') as readonly Case[];
    const runs: CountedCase[] = [];
    context.notes.set('runs', runs);
    let largest = 0;
    for (const one of cases) {
      const tried = await runKernel(context, one, signal);
      if (!tried.ok) return didNotRun(tried.why, BAR);
      runs.push({ ...one, counts: tried.run.counts });
      const found = compare(one, tried.run);
      if (found.wrong !== null)
        return { passed: false, measured: `${one.name}: ${found.wrong}`, bar: BAR, why };
      largest = Math.max(largest, found.error);
    }
    const measured = `${cases.length} shapes, largest error ${largest.toExponential(1)}`;
    return { passed: true, measured, bar: BAR, why };
  },
};

export default check;

const why =
  'A kernel that is right for rows of 64 is right in the benchmark. The first prompt of another length finds out.';

function compare(
  { shape, scores }: Case,
  { weights }: KernelRun,
): { wrong: string | null; error: number } {
  let error = 0;
  for (let row = 0; row < shape.rows; row += 1) {
    const right = softmaxOf(scores, shape, row);
    for (const [column, weight] of right.entries()) {
      const found = weights[row * shape.stride + column] ?? Number.NaN;
      const off = Math.abs(found - weight);
      // NaN is not within anything.
      if (!(off <= ABSOLUTE + RELATIVE * weight)) {
        const size = `${shape.rows} rows of ${shape.columns} numbers, ${shape.stride} from one row to the next`;
        return {
          wrong: `${size}: the weight of row ${row}, column ${column} is ${found.toPrecision(4)} and should be ${weight.toPrecision(4)}`,
          error: off,
        };
      }
      error = Math.max(error, off);
    }
  }
  return { wrong: null, error };
}
