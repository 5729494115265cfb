import { expect, test } from 'vitest';
import { createRoom } from './start/when-full.ts';

const LONG = Array.from({ length: 60 }, (_, at) => `w${at}`).join(' ');
/** A model of which only the counting of tokens is used: one a word. */
const model = { contextTokens: 256, countTokens: (text: string) => text.split(' ').length };
const open = (whenFull: 'wait' | 'refuse' | 'shorten', most: number) =>
  createRoom(model as unknown as Parameters<typeof createRoom>[0], whenFull, most);

test('a request takes whole blocks for its prompt and its longest answer, and gives them back', () => {
  // 60 + 30 tokens are six blocks of 16.
  const room = open('refuse', 96 + 95);
  const first = room.enter(LONG, 30);
  expect(first?.prompt).toBe(LONG);
  expect(room.enter(LONG, 30)).toBeNull();
  first?.leave();
  expect(room.enter(LONG, 30)).not.toBeNull();
});

test('when it is full, wait lets everybody in as they are and shorten drops the oldest words', () => {
  const waiting = open('wait', 96);
  waiting.enter(LONG, 30);
  expect(waiting.enter(LONG, 30)?.prompt).toBe(LONG);
  const shortening = open('shorten', 96);
  expect(shortening.enter(LONG, 30)?.prompt).toBe(LONG);
  const kept = shortening.enter(LONG, 30)?.prompt ?? '';
  expect(LONG.endsWith(kept)).toBe(true);
  expect(kept.split(' ')).toHaveLength(24);
});
