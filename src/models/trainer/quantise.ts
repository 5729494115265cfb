/** Ways to store a model's matrices, largest first. */
export const SCHEMES = ['fp16', 'int8-dynamic', 'int8', 'int4', 'int2'] as const;

export type Scheme = (typeof SCHEMES)[number];

/** A stored matrix, row by row. */
export interface Matrix {
  readonly rows: number;
  readonly columns: number;
  readonly values: Float32Array;
}

/** Whole numbers that stand for a matrix when multiplied by their scales. */
interface Scaled<T> {
  readonly values: T;
  readonly scales: Float32Array;
}

/** Each column as int8 with one scale, symmetric around zero. */
export function quantiseColumns({ rows, columns, values }: Matrix): Scaled<Int8Array> {
  const scales = new Float32Array(columns);
  const stored = new Int8Array(values.length);
  for (let column = 0; column < columns; column++) {
    let most = 0;
    for (let row = 0; row < rows; row++)
      most = Math.max(most, Math.abs(values[row * columns + column] as number));
    const scale = most / 127 || 1;
    scales[column] = scale;
    for (let row = 0; row < rows; row++)
      stored[row * columns + column] = Math.round(
        (values[row * columns + column] as number) / scale,
      );
  }
  return { values: stored, scales };
}

/** The matrix with rows and columns swapped. */
export function turned({ rows, columns, values }: Matrix): Matrix {
  return {
    rows: columns,
    columns: rows,
    values: Float32Array.from(
      values,
      (_, at) => values[(at % rows) * columns + Math.floor(at / rows)] as number,
    ),
  };
}

/**
 * Each column in blocks of `block` numbers of `bits` bits, packed lowest first, with one scale a block: the layout of
 * the operator MatMulNBits. The largest number of a block sets the scale and is met exactly.
 */
export function quantiseBlocks(
  { rows, columns, values }: Matrix,
  bits: number,
  block: number,
): Scaled<Uint8Array> {
  const middle = 2 ** (bits - 1);
  const blocks = Math.ceil(rows / block);
  const bytes = (block * bits) / 8;
  const scales = new Float32Array(columns * blocks);
  const stored = new Uint8Array(columns * blocks * bytes);
  for (let column = 0; column < columns; column++) {
    for (let part = 0; part < blocks; part++) {
      const at = column * blocks + part;
      const numbers = Array.from(
        { length: block },
        (_, index) => values[(part * block + index) * columns + column] ?? 0,
      ).map((value, index) => (part * block + index < rows ? value : 0));
      const extreme = numbers.reduce(
        (most, value) => (Math.abs(value) > Math.abs(most) ? value : most),
        0,
      );
      const scale = extreme / -middle || 1;
      scales[at] = scale;
      numbers.forEach((value, index) => {
        const level = Math.max(0, Math.min(2 * middle - 1, Math.round(value / scale) + middle));
        const byte = at * bytes + Math.floor((index * bits) / 8);
        stored[byte] = (stored[byte] as number) | (level << ((index * bits) % 8));
      });
    }
  }
  return { values: stored, scales };
}

/** Numbers rounded to 16-bit floats, as their bits. */
export function toFloat16(values: Float32Array): Uint16Array {
  return new Uint16Array(Float16Array.from(values).buffer);
}
