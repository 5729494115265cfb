import type { Feed } from '../feed.ts';
import { PAD_ID } from '../tokenizer.ts';
import type { Decoder } from './decoder.ts';
import { cacheFeeds, type KvCache, type KvRows, type KvShape } from './kv-cache.ts';

/** An open language model. */
export interface DecoderSession {
  run(feeds: Readonly<Record<string, Feed>>): Promise<Record<string, Float32Array>>;
  /** Only where keys and values can stay with the engine between runs. */
  openDecoder?(shape: KvShape): Decoder;
}

/** What one run gave. */
export interface TokenRun {
  /** By name: `logits`, and the new keys and values for {@link appendToCache}. */
  readonly outputs: Record<string, Float32Array>;
  /** The vocabulary's scores after token `index` of a row; the row's last token unless told otherwise. */
  logitsOf(row: number, index?: number): Float32Array;
}

const FORBIDDEN = -10_000;

/**
 * Runs new tokens of several sequences at once. Rows may differ in what they have behind them and in how many tokens
 * they bring: positions count from each row's own length, and the bias hides all padding. The cache is not changed.
 */
export async function runTokens(
  session: DecoderSession,
  shape: KvShape,
  cache: KvCache,
  rows: readonly (readonly number[])[],
): Promise<TokenRun> {
  const outputs = await session.run({
    ...tokenFeeds(cache, rows),
    ...cacheFeeds(shape, cache),
  });
  const scores = outputs.logits as Float32Array;
  return { outputs, logitsOf: (row, index) => pickLogits(scores, shape, rows, row, index) };
}

/** Ids, positions and attention bias of a run: everything that it reads except keys and values. */
export function tokenFeeds(
  cache: KvRows,
  rows: readonly (readonly number[])[],
): Record<'input_ids' | 'position_ids' | 'attention_bias', Feed> {
  const tokens = Math.max(...rows.map((row) => row.length));
  const dims = [rows.length, tokens];
  const ids = new BigInt64Array(rows.length * tokens).fill(BigInt(PAD_ID));
  const positions = new BigInt64Array(rows.length * tokens);
  rows.forEach((row, index) => {
    const length = cache.lengths[index] ?? 0;
    row.forEach((id, at) => {
      ids[index * tokens + at] = BigInt(id);
      positions[index * tokens + at] = BigInt(length + at);
    });
  });
  return {
    input_ids: { type: 'int64', data: ids, dims },
    position_ids: { type: 'int64', data: positions, dims },
    attention_bias: {
      type: 'float32',
      data: hidePadding(cache, rows.length, tokens),
      dims: [rows.length, 1, tokens, cache.columns + tokens],
    },
  };
}

/** The vocabulary's scores after token `index` of a row in the run of `rows`; its last one unless told otherwise. */
export function pickLogits(
  logits: Float32Array,
  { vocabulary }: KvShape,
  rows: readonly (readonly number[])[],
  row: number,
  index = (rows[row]?.length ?? 0) - 1,
): Float32Array {
  const tokens = Math.max(...rows.map(({ length }) => length));
  const start = (row * tokens + index) * vocabulary;
  return logits.subarray(start, start + vocabulary);
}

/** 0 for the row's own earlier tokens and for new tokens up to the one that looks; padding at a row's end sees no one that matters. */
function hidePadding({ columns, lengths }: KvRows, rows: number, tokens: number): Float32Array {
  const seen = columns + tokens;
  const bias = new Float32Array(rows * tokens * seen).fill(FORBIDDEN);
  for (let row = 0; row < rows; row++) {
    for (let token = 0; token < tokens; token++) {
      const start = (row * tokens + token) * seen;
      bias.fill(0, start, start + (lengths[row] ?? 0));
      bias.fill(0, start + columns, start + columns + token + 1);
    }
  }
  return bias;
}
