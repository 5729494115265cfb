import * as z from 'zod';
import { byteAlphabet } from './byte-alphabet.ts';

/** Turns token ids back into text, one at a time. */
export interface Detokeniser {
  /** The text that this token completes; empty while a character is still incomplete, and for ids without text. */
  push(id: number): string;
  /** What was left incomplete, as a replacement character. */
  flush(): string;
}

const tokenizerSchema = z.object({
  model: z.object({ vocab: z.record(z.string(), z.int().nonnegative()) }),
});

/** Reads the vocabulary of a byte-level `tokenizer.json`; each call of the result starts a new text. */
export function openDetokeniser(json: object): () => Detokeniser {
  const { vocab } = tokenizerSchema.parse(json).model;
  const byteOf = new Map(byteAlphabet().map((character, byte) => [character, byte]));
  const bytesOf = new Map<number, Uint8Array>();
  for (const [token, id] of Object.entries(vocab)) {
    const bytes = Array.from(token, (character) => byteOf.get(character));
    // The two reserved ids are named with `<` and `>` and stand first; they have no text.
    if (id > 1 && bytes.every((byte) => byte !== undefined))
      bytesOf.set(id, Uint8Array.from(bytes as number[]));
  }
  return () => {
    const decoder = new TextDecoder();
    return {
      push: (id) => decoder.decode(bytesOf.get(id) ?? new Uint8Array(0), { stream: true }),
      flush: () => decoder.decode(),
    };
  };
}
