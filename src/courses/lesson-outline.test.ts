import { expect, test } from 'vitest';
import { outlineLesson } from './lesson-outline.ts';

test('sources are numbered in the order in which they are first cited', () => {
  const body = [
    'One.<Cite id="b" /> Two.<Cite id="a" /> Again.<Cite id="b" />',
    '',
    '<Figure caption="A figure." cite="c"><svg /></Figure>',
  ].join('\n');
  expect(outlineLesson(body).sources).toEqual(['b', 'a', 'c']);
});

test('reading time counts words and exercises, not code', () => {
  const words = 'word '.repeat(1000);
  const code = `\`\`\`yaml\n${'key: value\n'.repeat(500)}\`\`\``;
  expect(outlineLesson(words).minutes).toBe(5);
  expect(outlineLesson(`${words}\n\n${code}`).minutes).toBe(5);
  const check = '<Check id="a" kind="order">Which?</Check>';
  expect(outlineLesson(`${words}\n\n${check}\n\n${check}\n\n${check}\n\n${check}`)).toMatchObject({
    minutes: 8,
    checkCount: 4,
  });
});

test('the shortest lesson takes a minute', () => {
  expect(outlineLesson('Hello.').minutes).toBe(1);
});
