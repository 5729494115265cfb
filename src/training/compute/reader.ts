import { seededRandom } from '#models/random.ts';
import type { Windows } from './windows.ts';

/** Where in the data a job is: enough to go on with the very next batch. */
export interface DataPosition {
  readonly epoch: number;
  /** Windows of this epoch that were read. */
  readonly offset: number;
  /** State of the random stream before this epoch was shuffled. */
  readonly shuffledFrom: number;
}

/** Rows of the data in one batch, and the position after it. */
export interface Batch {
  readonly rows: readonly number[];
  /** For messages: `epoch 1, windows 128 to 191`. */
  readonly name: string;
}

/** Reads the data in epochs, each in an order of its own; a rest too small for a batch is left out. */
export interface Reader {
  next(): Batch;
  position(): DataPosition;
}

/** Begins at the position, or at the start of the data. */
export function openReader(
  { count }: Pick<Windows, 'count'>,
  batch: number,
  from: DataPosition | { readonly seed: number },
): Reader {
  if (batch > count)
    throw new RangeError(`A batch of ${batch} is more than the ${count} windows there are.`);
  const all = Array.from({ length: count }, (_, row) => row);
  const start = 'seed' in from ? { epoch: 0, offset: 0, shuffledFrom: from.seed >>> 0 } : from;
  let { epoch, offset, shuffledFrom } = start;
  let random = seededRandom(shuffledFrom);
  let order = random.shuffle(all);
  return {
    next() {
      if (offset + batch > count) {
        epoch += 1;
        offset = 0;
        shuffledFrom = random.state();
        random = seededRandom(shuffledFrom);
        order = random.shuffle(all);
      }
      const rows = order.slice(offset, offset + batch);
      offset += batch;
      return { rows, name: `epoch ${epoch}, windows ${offset - batch} to ${offset - 1}` };
    },
    position: () => ({ epoch, offset, shuffledFrom }),
  };
}

/** One worker's share of a batch as a network reads it: every worker gets as many rows. */
export function gather(
  { values, width }: Windows,
  rows: readonly number[],
  rank: number,
  workers: number,
): Float32Array {
  const share = rows.length / workers;
  const own = rows.slice(rank * share, (rank + 1) * share);
  const data = new Float32Array(own.length * width);
  own.forEach((row, at) => data.set(values.subarray(row * width, (row + 1) * width), at * width));
  return data;
}
