import type { Feed } from '../feed.ts';
import type { Random } from '../random.ts';
import { END_ID, type TextEncoder } from '../tokenizer.ts';
import type { GeneratorRecipe } from './recipe.ts';

// A window that starts inside a document: its first half is missing, as in a prompt that someone cut out of a page.
const CUT_START = 0.3;
// A document whose tokens break at a random character, as a prompt does that ends inside a word.
const CUT_WORD = 0.5;

/** The token windows of one training step, and the same windows one token later. */
export function drawTextBatch(
  { batch, shape }: GeneratorRecipe,
  encoder: TextEncoder,
  drawText: (random: Random) => string,
  random: Random,
): Record<string, Feed> {
  const size = shape.maxTokens;
  const rows = Array.from({ length: batch }, () => drawWindow(encoder, size + 1, drawText, random));
  const feed = (from: number): Feed => ({
    type: 'int64',
    data: BigInt64Array.from(
      rows.flatMap((row) => row.slice(from, from + size)),
      BigInt,
    ),
    dims: [batch, size],
  });
  return { input_ids: feed(0), next_ids: feed(1) };
}

/** `length` tokens of documents, one after the other, each with an end mark. */
function drawWindow(
  encoder: TextEncoder,
  length: number,
  drawText: (random: Random) => string,
  random: Random,
): number[] {
  const ids: number[] = [];
  let skip = random.chance(CUT_START) ? random.below(length) : 0;
  while (ids.length < length) {
    const document = [...encodeCut(drawText(random), encoder, random), END_ID];
    ids.push(...document.slice(Math.min(skip, document.length - 1)));
    skip = 0;
  }
  return ids.slice(0, length);
}

function encodeCut(text: string, encoder: TextEncoder, random: Random): number[] {
  const cut = random.chance(CUT_WORD) ? random.below(text.length) : 0;
  return [text.slice(0, cut), text.slice(cut)].flatMap(
    (part) => encoder.encode(part, text.length).ids,
  );
}
