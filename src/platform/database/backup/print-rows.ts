import type { RowCounts } from './format.ts';

/** One line a table. */
export function printRows(rows: RowCounts): void {
  const width = Math.max(...Object.keys(rows).map((name) => name.length), 0);
  for (const [name, count] of Object.entries(rows)) {
    console.log(`${name.padEnd(width)}  ${count.toLocaleString('en')} rows`);
  }
}
