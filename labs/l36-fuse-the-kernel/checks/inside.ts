import type { LabCheck } from '#labs/check-context.ts';
import type { CountedCase } from '../attempt.ts';

const check: LabCheck = {
  id: 'inside',
  title: 'It stays inside its rows',
  instruction: '3',
  points: 1,
  hint: 'Between the last column and the next row lies something that belongs to somebody else. Which of your accesses has no check of its column?',
  async run(context) {
    // Counted in the runs of the check before.
    const runs = context.notes.get('runs') as readonly CountedCase[];
    const found = runs.find(({ counts: [, , , , read = 0, written = 0] }) => read + written > 0);
    const bar = 'no score read and no weight written that belongs to no row';
    const why =
      'WebGPU keeps an access inside its buffer, so nothing crashes. It does not keep it inside your row: the neighbour gets another number, and nobody an error.';
    if (!found)
      return { passed: true, measured: `nothing outside in ${runs.length} shapes`, bar, why };
    const { rows, columns, stride } = found.shape;
    const [, , , , read = 0, written = 0] = found.counts;
    return {
      passed: false,
      measured: `${rows} rows of ${columns} numbers, ${stride} from one row to the next: ${read} scores were read and ${written} weights written outside of the rows`,
      bar,
      why,
    };
  },
};

export default check;
