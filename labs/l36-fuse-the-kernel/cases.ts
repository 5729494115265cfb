import type { Case } from './attempt.ts';

/** What lies between the rows: large, so that whoever adds it up is found out. */
const PADDING = 5000;
/** What hides a token from attention. */
const HIDDEN = -1e30;

type Value = (row: number, column: number) => number;

/** Shapes and scores of one attempt: none a multiple of everything, and scores that break what is not careful. */
export function drawCases(random: () => number): readonly Case[] {
  const between = (low: number, high: number): number =>
    low + Math.floor(random() * (high - low + 1));
  const around =
    (middle: number, width: number): Value =>
    () =>
      middle + width * (2 * random() - 1);
  const odd = 2 * between(70, 500) + 1;
  const make = (
    name: string,
    rows: number,
    columns: number,
    stride: number,
    value: Value,
  ): Case => {
    const scores = new Float32Array(rows * stride).fill(PADDING);
    for (let row = 0; row < rows; row += 1)
      for (let column = 0; column < columns; column += 1)
        scores[row * stride + column] = value(row, column);
    const scale = Math.fround(0.05 + 0.45 * random());
    return { name, shape: { rows, columns, stride, scale }, scores };
  };
  const seen = between(3, 40);
  return [
    make('ordinary scores', 5, 64, 64, around(0, 8)),
    make('a number in each row', 3, 1, 4, around(0, 8)),
    make('rows one short of a workgroup', 6, 63, 64, around(0, 8)),
    make('rows one longer than a workgroup', 4, 65, 96, around(0, 8)),
    make('rows of an odd length', between(5, 9), odd, odd + between(1, 60), around(0, 20)),
    make('the widest rows', 2, 1024, 1024, around(0, 20)),
    make('many short rows', between(70, 140), between(2, 40), 48, around(0, 8)),
    make('large scores', 4, 300, 320, around(20_000, 60)),
    make('scores far below zero', 4, 300, 320, around(-20_000, 60)),
    make('the largest number last', 3, 200, 208, (_, column) => 30 * column),
    make('all numbers equal', 3, 129, 136, () => 7),
    make('hidden tokens', 4, 200, 256, (_, column) => (column < seen ? 6 * random() : HIDDEN)),
  ];
}

/** For counting: large enough that what belongs to a row does not matter. */
export function drawCounted(random: () => number): Case {
  const columns = 2 * (300 + Math.floor(random() * 180)) + 1;
  const shape = { rows: 24, columns, stride: columns + 7, scale: 0.125 };
  const scores = new Float32Array(shape.rows * shape.stride).map(() => 16 * random() - 8);
  return { name: 'counted', shape, scores };
}
