import { readFile } from 'node:fs/promises';
import { Tokenizer } from '@huggingface/tokenizers';
import { describe, expect, it } from 'vitest';
import { drawTickets } from './draw-tickets.ts';
import { openTokenizer } from './tokenizer.ts';

const json = JSON.parse(await readFile('models/triage/tokenizer.json', 'utf8')) as {
  model: { vocab: Record<string, number>; merges: [string, string][] };
};
const library = new Tokenizer(json, {});
const encoder = openTokenizer(json);
const texts = drawTickets(3, 300).map(({ text }) => text);

/** Byte-pair encoding as its definition reads: join the pair that was learnt first, until none is left. */
function encodeByDefinition(text: string): number[] {
  const { normalizer, pre_tokenizer: splitter } = library;
  const words = splitter?.pre_tokenize([normalizer?.normalize(text) ?? '']) ?? [];
  return words.flatMap((word) => {
    const parts = Array.from(word);
    for (const [left, right] of json.model.merges) {
      for (let i = 0; i + 1 < parts.length; i++) {
        if (parts[i] === left && parts[i + 1] === right) parts.splice(i, 2, left + right);
      }
    }
    return parts.map((part) => json.model.vocab[part] as number);
  });
}

describe('the committed tokeniser', () => {
  it('gives the ids that the definition of byte-pair encoding gives', () => {
    for (const text of texts.slice(0, 60))
      expect(encoder.encode(text, 10_000).ids).toEqual(encodeByDefinition(text));
  });

  it('loses nothing but case, dates and long numbers', () => {
    const kept = 'x509: certificate is valid for a.example.com, not b';
    expect(
      library.decode(encoder.encode(kept, 1000).ids, { clean_up_tokenization_spaces: false }),
    ).toBe(kept);
    const dated = encoder.encode(
      '2026-03-02T11:22:01.123Z Disk /dev/sda1 is FULL, id 7f3a9b2c11',
      1000,
    ).ids;
    expect(library.decode(dated, { clean_up_tokenization_spaces: false }).trim()).toBe(
      'disk /dev/sda1 is full, id #',
    );
  });

  it('has an id for every byte, so that no text is unknown', () => {
    for (const text of ['ж', '漢字', '🔥', '\u0007', 'naïve']) {
      expect(encoder.encode(text, 100).ids.every((id) => Number.isInteger(id) && id > 1)).toBe(
        true,
      );
    }
  });

  it('never gives the padding id or the hidden id, whatever the text says', () => {
    const { ids } = encoder.encode('<pad> <hidden> [PAD] <unk> </s>', 100);
    expect(ids.every((id) => id > 1)).toBe(true);
  });

  it('keeps nine of ten generated texts within 64 tokens', () => {
    const whole = texts.filter((text) => !encoder.encode(text, 64).truncated);
    expect(whole.length / texts.length).toBeGreaterThan(0.9);
  });

  it('reads a megabyte as quickly as ten thousand characters, because it cuts first', () => {
    const time = (characters: number): number => {
      const text = 'a b '.repeat(characters / 4);
      const started = performance.now();
      expect(encoder.encode(text, 64)).toMatchObject({ truncated: true });
      return performance.now() - started;
    };
    const fastest = (characters: number): number =>
      Math.min(...Array.from({ length: 5 }, () => time(characters)));
    // A hundred times the text; a tokeniser that read all of it would take about that much longer.
    expect(fastest(1_000_000)).toBeLessThan(30 * Math.max(fastest(10_000), 0.05));
  });
});
