import type { Feed } from '../feed.ts';

/** What the cache must know of the model. */
export interface KvShape {
  readonly layers: number;
  readonly heads: number;
  /** Numbers per token and head. */
  readonly headSize: number;
  readonly vocabulary: number;
  /** The longest text, prompt included, in tokens. */
  readonly maxTokens: number;
}

/**
 * Keys and values of sequences that run together. Each sequence is a row with a length of its own; rows share a width,
 * and what lies right of a row's length is padding that the attention bias hides.
 */
export interface KvRows {
  readonly columns: number;
  /** Tokens stored in each row. */
  readonly lengths: number[];
}

/** Rows in this thread's memory. */
export interface KvCache extends KvRows {
  /** Key and value in turn for each layer, float [rows, heads, columns, headSize]. */
  readonly tensors: readonly Float32Array[];
}

/** Tokens in a block: memory is counted, and rows grow, in blocks. */
const BLOCK_TOKENS = 16;

/** Blocks that hold `tokens` tokens. */
export function blocksFor(tokens: number): number {
  return Math.ceil(tokens / BLOCK_TOKENS);
}

/** Bytes of one block of one sequence, over all layers. */
export function blockBytes({ layers, heads, headSize }: KvShape): number {
  return 2 * layers * heads * headSize * BLOCK_TOKENS * Float32Array.BYTES_PER_ELEMENT;
}

/** Rows without a token. */
export function emptyCache({ layers }: KvShape, rows: number): KvCache {
  return {
    columns: 0,
    lengths: Array.from({ length: rows }, () => 0),
    tensors: Array.from({ length: 2 * layers }, () => new Float32Array(0)),
  };
}

/** A cache made of copies of rows of other caches, wide enough for one more token in each. */
export function arrangeCache(
  shape: KvShape,
  picks: readonly { cache: KvCache; row: number }[],
  extra = 1,
): KvCache {
  const { lengths, columns } = measureRows(picks, extra);
  const tensors = Array.from({ length: 2 * shape.layers }, (_, index) => {
    const tensor = new Float32Array(picks.length * shape.heads * columns * shape.headSize);
    picks.forEach(({ cache, row }, to) => {
      for (let head = 0; head < shape.heads; head++) {
        const from = (row * shape.heads + head) * cache.columns * shape.headSize;
        const source = cache.tensors[index]?.subarray(
          from,
          from + (lengths[to] ?? 0) * shape.headSize,
        );
        if (source) tensor.set(source, (to * shape.heads + head) * columns * shape.headSize);
      }
    });
    return tensor;
  });
  return { columns, lengths, tensors };
}

/** Lengths of the picked rows, and the width that whole blocks give them with room for `extra` more tokens. */
export function measureRows(
  picks: readonly { readonly cache: KvRows; readonly row: number }[],
  extra: number,
): { lengths: number[]; columns: number } {
  const lengths = picks.map(({ cache, row }) => cache.lengths[row] ?? 0);
  return { lengths, columns: BLOCK_TOKENS * blocksFor(Math.max(0, ...lengths) + extra) };
}

/** Adds the first `counts[row]` of the run's new tokens to each row; the cache must be wide enough. */
export function appendToCache(
  shape: KvShape,
  cache: KvCache,
  outputs: Readonly<Record<string, Float32Array>>,
  counts: readonly number[],
): void {
  const { heads, headSize } = shape;
  for (let layer = 0; layer < shape.layers; layer++) {
    [outputs[`new_key.${layer}`], outputs[`new_value.${layer}`]].forEach((made, kind) => {
      const tensor = cache.tensors[2 * layer + kind];
      if (!made || !tensor)
        throw new Error(`The model gave no keys and values for layer ${layer}.`);
      const tokens = made.length / (counts.length * heads * headSize);
      counts.forEach((count, row) => {
        for (let head = 0; head < heads; head++) {
          const at = row * heads + head;
          const from = at * tokens * headSize;
          const to = (at * cache.columns + (cache.lengths[row] ?? 0)) * headSize;
          tensor.set(made.subarray(from, from + count * headSize), to);
        }
      });
    });
  }
  counts.forEach((count, row) => (cache.lengths[row] = (cache.lengths[row] ?? 0) + count));
}

/** The cache as the model's `past_key.N` and `past_value.N`. */
export function cacheFeeds(
  { heads, headSize }: KvShape,
  { tensors, columns, lengths }: KvCache,
): Record<string, Feed> {
  const dims = [lengths.length, heads, columns, headSize];
  const feeds = tensors.map((data, index) => {
    const name = `past_${index % 2 === 0 ? 'key' : 'value'}.${Math.floor(index / 2)}`;
    return [name, { type: 'float32', data, dims }] as const;
  });
  return Object.fromEntries(feeds);
}
