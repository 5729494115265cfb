import { describe, expect, it } from 'vitest';
import { trainBpe } from './bpe.ts';

const ALPHABET = 258;

describe('byte-pair encoding', () => {
  it('joins the most frequent neighbours first, and joined parts again', () => {
    const { model } = trainBpe(['low low low lower lowest'], ALPHABET + 4);
    expect(model.merges.slice(0, 2)).toEqual([
      ['l', 'o'],
      ['lo', 'w'],
    ]);
    expect(model.vocab['low']).toBe(ALPHABET + 1);
  });

  it('never joins across words', () => {
    const { model } = trainBpe(['ab ab ab ab'], ALPHABET + 20);
    expect(Object.keys(model.vocab).filter((token) => token.slice(1).includes('Ġ'))).toEqual([]);
  });

  it('stops when no pair occurs twice', () => {
    expect(Object.keys(trainBpe(['xyz'], 1000).model.vocab)).toHaveLength(ALPHABET);
  });

  it('gives the same file for the same texts', () => {
    const texts = ['disk full on node-3', 'disk slow on node-4', 'node lost'];
    expect(JSON.stringify(trainBpe(texts, 300))).toBe(JSON.stringify(trainBpe(texts, 300)));
  });
});
