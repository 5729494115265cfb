import { CsvError, parse } from 'csv-parse/sync';

/** A line of a table on which something is written. */
export interface TableLine {
  /** 1-based. */
  readonly line: number;
  readonly text: string;
}

/** The lines of a table without the empty ones. */
export function listLines(text: string): readonly TableLine[] {
  return text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\n|\r/)
    .map((line, index) => ({ line: index + 1, text: line }))
    .filter((line) => line.text.trim() !== '');
}

/**
 * The cells of a line, with commas, semicolons or tabs between; null where a quotation mark is not closed or
 * stands inside a value. No value goes over two lines, so a stray mark spoils no line but its own.
 */
export function readCells(text: string): readonly string[] | null {
  try {
    const [cells = []] = parse(text, {
      delimiter: [',', ';', '\t'],
      relax_column_count: true,
      trim: true,
    });
    return cells;
  } catch (error) {
    if (error instanceof CsvError) return null;
    throw error;
  }
}
