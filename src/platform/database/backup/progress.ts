/** Told of each piece of a table that is through, with the rows so far. */
export type Progress = (table: string, rows: number) => void;

const EVERY_MS = 1000;

/** Prints at most one line a second, so that a short run prints none. */
export function printProgress(): Progress {
  let last = performance.now();
  return (table, rows) => {
    if (performance.now() - last < EVERY_MS) return;
    last = performance.now();
    console.log(`  ${table}: ${rows.toLocaleString('en')} rows so far`);
  };
}
