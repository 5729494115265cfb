import { expect, test } from 'vitest';
import { markOption, splitOptions } from './option-mark.ts';

test('options come out of the question with their props and their HTML', () => {
  const props = { correct: true, why: 'Because a --> b, "quoted" & 100 %.' };
  const html = `<p>Which <em>one</em>?</p><p>${markOption(props, '<code>a</code>')}</p>${markOption({ why: 'No.' }, 'b')}`;
  expect(splitOptions(html)).toEqual({
    question: '<p>Which <em>one</em>?</p>',
    options: [
      { props, html: '<code>a</code>' },
      { props: { why: 'No.' }, html: 'b' },
    ],
  });
});
