import { expect, test } from 'vitest';
import { History } from './history.ts';

test('older lines come back newest first and what was being typed after the newest', () => {
  const history = new History();
  for (const text of ['ls', 'pwd', 'pwd', '  ']) history.add(text);
  const draft = { text: 'kub', cursor: 3 };
  expect(history.older(draft).text).toBe('pwd');
  expect(history.older(draft)).toEqual({ text: 'ls', cursor: 2 });
  expect(history.older({ text: 'ls', cursor: 2 }).text).toBe('ls');
  expect(history.newer(draft).text).toBe('pwd');
  expect(history.newer(draft)).toEqual(draft);
});
