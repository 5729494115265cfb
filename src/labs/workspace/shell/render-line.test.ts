import { expect, test } from 'vitest';
import { renderLine } from './render-line.ts';

const prompt = { text: '$ ', width: 2 };

test('a short line is drawn in place with the cursor at its column', () => {
  const line = { text: 'ls -l', cursor: 2 };
  expect(renderLine(prompt, line, 80, 0)).toEqual({ output: '\r\x1b[J$ ls -l\r\x1b[4C', row: 0 });
});

test('a line over the edge puts the cursor in the right row and column', () => {
  const line = { text: 'abcdefghij', cursor: 10 };
  expect(renderLine(prompt, line, 10, 0)).toEqual({
    output: '\r\x1b[J$ abcdefghij\r\x1b[2C',
    row: 1,
  });
});

test('a line that just fills the row moves to the next one', () => {
  const line = { text: 'abcdefgh', cursor: 8 };
  expect(renderLine(prompt, line, 10, 0)).toEqual({ output: '\r\x1b[J$ abcdefgh\r\n\r', row: 1 });
});

test('drawing again starts from the row where the cursor was', () => {
  const line = { text: 'abcdefghijklm', cursor: 0 };
  expect(renderLine(prompt, line, 10, 1)).toEqual({
    output: '\x1b[1A\r\x1b[J$ abcdefghijklm\x1b[1A\r\x1b[2C',
    row: 0,
  });
});
