import type { Shape } from './kernel.ts';

/** The weights of a row as a processor computes them, with 64 bits a number. */
export function softmaxOf(
  scores: Float32Array,
  { columns, stride, scale }: Shape,
  row: number,
): Float64Array {
  const factor = Math.fround(scale);
  const numbers = Float64Array.from({ length: columns }, (_, column) =>
    Math.fround((scores[row * stride + column] ?? Number.NaN) * factor),
  );
  const largest = numbers.reduce((most, number) => Math.max(most, number), -Infinity);
  const raised = numbers.map((number) => Math.exp(number - largest));
  const sum = raised.reduce((total, number) => total + number, 0);
  return raised.map((number) => number / sum);
}

/** Numbers of the rows that were read and written, in scores and weights, and in scratch: bytes. */
export function bytesMoved([
  scores = 0,
  weights = 0,
  read = 0,
  written = 0,
]: readonly number[]): number {
  return 4 * (scores + weights + read + written);
}

/** Every score read once and every weight written once. */
export function leastBytes({ rows, columns }: Shape): number {
  return 2 * 4 * rows * columns;
}
