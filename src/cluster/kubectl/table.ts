/** A column: its heading and what it shows of a row. */
export interface Column<R> {
  readonly heading: string;
  cell(row: R): string;
}

/** Between two columns, as kubectl prints them. */
const GAP = 3;
const MIN_WIDTH = 6;

/** Rows under headings, every column as wide as its widest cell; no heading line without headings. */
export function formatTable<R>(
  columns: readonly Column<R>[],
  rows: readonly R[],
  withHeadings = true,
): string {
  const cells = rows.map((row) => columns.map((column) => column.cell(row)));
  const lines = withHeadings ? [columns.map(({ heading }) => heading), ...cells] : cells;
  return formatCells(lines);
}

/** The same for rows that are text already. */
export function formatCells(lines: readonly (readonly string[])[]): string {
  const widths: number[] = [];
  for (const line of lines) {
    line.forEach((cell, index) => {
      widths[index] = Math.max(widths[index] ?? MIN_WIDTH - GAP, cell.length);
    });
  }
  return lines.map((line) => `${formatLine(line, widths)}\n`).join('');
}

function formatLine(line: readonly string[], widths: readonly number[]): string {
  return line
    .map((cell, index) =>
      index === line.length - 1 ? cell : cell.padEnd((widths[index] ?? 0) + GAP),
    )
    .join('');
}
