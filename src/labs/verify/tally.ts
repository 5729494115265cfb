import type { Answer } from './answers.ts';
import type { Finding } from './judge.ts';

/** All grades of one answer. */
export interface Tally {
  readonly answer: Answer;
  readonly graded: readonly {
    readonly seed: number;
    readonly finding: Finding;
    readonly seconds: number;
  }[];
}

/** The table of `labs:verify`, one line an answer. */
export function formatTable(tallies: readonly Tally[]): string {
  const rows = tallies.map(({ answer, graded }) => {
    const seconds = graded.map((grade) => grade.seconds).toSorted((a, b) => a - b);
    return [
      answer.lab,
      answer.name,
      describeExpected(answer),
      `${count(graded, 'right')}/${graded.length}`,
      `${count(graded, 'wrong')}`,
      `${count(graded, 'errored')}`,
      percentile(seconds, 0.5).toFixed(1),
      percentile(seconds, 0.95).toFixed(1),
    ];
  });
  const head = ['lab', 'answer', 'must', 'right', 'wrong', 'errored', 'median s', 'p95 s'];
  return alignColumns([head, ...rows]);
}

/** One line for each grade that was not as expected. */
export function formatSurprises(tallies: readonly Tally[]): string {
  return tallies
    .flatMap(({ answer, graded }) =>
      graded.flatMap(({ seed, finding }) =>
        finding.kind === 'right'
          ? []
          : [`${answer.lab} ${answer.name}, seed ${seed}, ${finding.kind}: ${finding.found}`],
      ),
    )
    .join('\n');
}

/** Whether every grade of every answer was as it must be. */
export function isAllRight(tallies: readonly Tally[]): boolean {
  return tallies.every(({ graded }) => graded.every(({ finding }) => finding.kind === 'right'));
}

function describeExpected({ expected }: Answer): string {
  return expected.check ? `fail at ${expected.check}` : expected.result;
}

function count(graded: Tally['graded'], kind: Finding['kind']): number {
  return graded.filter(({ finding }) => finding.kind === kind).length;
}

function percentile(sorted: readonly number[], share: number): number {
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? NaN;
}

function alignColumns(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
