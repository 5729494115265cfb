import { PAD_ID } from './tokenizer.ts';

/** Token ids of a batch as the model takes them. */
export interface PaddedBatch {
  /** int64 [batch, length]. */
  readonly ids: BigInt64Array;
  /** int64 [batch, length], 1 for text and 0 for padding. */
  readonly mask: BigInt64Array;
  readonly dims: readonly [batch: number, length: number];
}

/** Rows of ids, none longer than `length`, filled up to `length`: every call then costs the same. */
export function padBatch(rows: readonly (readonly number[])[], length: number): PaddedBatch {
  const ids = new BigInt64Array(rows.length * length).fill(BigInt(PAD_ID));
  const mask = new BigInt64Array(rows.length * length);
  rows.forEach((row, index) => {
    row.forEach((id, at) => {
      ids[index * length + at] = BigInt(id);
      mask[index * length + at] = 1n;
    });
  });
  return { ids, mask, dims: [rows.length, length] };
}
