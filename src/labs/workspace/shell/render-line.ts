import type { Line } from './line-editor.ts';

export interface Rendered {
  /** What to write to the terminal. */
  readonly output: string;
  /** The row the cursor ends in, counted from the prompt's row. */
  readonly row: number;
}

/** Draws prompt and line anew from the row that the cursor was left in by the drawing before. */
export function renderLine(
  prompt: { readonly text: string; readonly width: number },
  line: Line,
  columns: number,
  previousRow: number,
): Rendered {
  const width = (text: string) => Array.from(text).length;
  const end = prompt.width + width(line.text);
  const at = prompt.width + width(line.text.slice(0, line.cursor));
  const endRow = Math.floor(end / columns);
  const row = Math.floor(at / columns);
  const up = previousRow > 0 ? `\x1b[${previousRow}A` : '';
  // At the right edge the cursor waits beside the last column; a line feed makes the next row real.
  const settle = end % columns === 0 ? '\r\n' : '';
  const back = endRow > row ? `\x1b[${endRow - row}A` : '';
  const column = at % columns;
  const forward = column > 0 ? `\x1b[${column}C` : '';
  return { output: `${up}\r\x1b[J${prompt.text}${line.text}${settle}${back}\r${forward}`, row };
}
