import type { Example } from '../data/examples.ts';
import type { Feed } from '../feed.ts';
import { padBatch } from '../pad.ts';
import type { Random } from '../random.ts';
import { HIDDEN_ID, type TextEncoder } from '../tokenizer.ts';
import type { ClassifierRecipe } from './recipe.ts';

/** What of a recipe decides how examples become tensors. */
export type FeedOptions = Pick<
  ClassifierRecipe,
  'shape' | 'hideTokens' | 'dropout' | 'labelSmoothing'
>;

/** Examples as the training graph takes them. */
export function toFeeds(
  examples: readonly Example[],
  recipe: FeedOptions,
  encoder: TextEncoder,
  random: Random,
): Record<string, Feed> {
  const { shape } = recipe;
  const batch = examples.length;
  const rows = examples.map(({ text }) =>
    encoder
      .encode(text, shape.maxTokens)
      .ids.map((id) => (random.chance(recipe.hideTokens) ? HIDDEN_ID : id)),
  );
  const { ids, mask, dims } = padBatch(rows, shape.maxTokens);
  return {
    input_ids: { type: 'int64', data: ids, dims },
    attention_mask: { type: 'int64', data: mask, dims },
    keep: {
      type: 'float32',
      data: drawDropout(batch * shape.width, recipe.dropout, random),
      dims: [batch, shape.width],
    },
    wanted: { type: 'float32', data: wantedShares(examples, recipe), dims: [batch, shape.classes] },
  };
}

/** Zeros with the given share, and the rest enlarged so that the sum stays what it was. */
function drawDropout(size: number, share: number, random: Random): Float32Array {
  return Float32Array.from({ length: size }, () => (random.chance(share) ? 0 : 1 / (1 - share)));
}

function wantedShares(
  examples: readonly Example[],
  { shape, labelSmoothing }: FeedOptions,
): Float32Array {
  const wanted = new Float32Array(examples.length * shape.classes).fill(
    labelSmoothing / shape.classes,
  );
  examples.forEach(({ label }, row) => {
    const at = row * shape.classes + label;
    wanted[at] = (wanted[at] as number) + 1 - labelSmoothing;
  });
  return wanted;
}
