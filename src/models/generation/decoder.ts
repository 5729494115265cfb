import {
  appendToCache,
  arrangeCache,
  emptyCache,
  type KvCache,
  type KvRows,
  type KvShape,
} from './kv-cache.ts';
import { runTokens, type DecoderSession } from './run-tokens.ts';

/** A language model with the memory in which it keeps keys and values: the engine's heap, or the accelerator's. */
export interface Decoder<Rows extends KvRows = KvRows> {
  /** Rows without a token. */
  empty(rows: number): Rows;
  /** Copies of rows of other caches, wide enough for `extra` more tokens in each. */
  arrange(picks: readonly { cache: Rows; row: number }[], extra?: number): Rows;
  /** Runs new tokens of several sequences at once; the cache is not changed. */
  run(cache: Rows, tokens: readonly (readonly number[])[]): Promise<DecoderRun<Rows>>;
  /** Gives the rows' memory back; they are not used again. */
  free(cache: Rows): void;
}

/** What one run gave. */
export interface DecoderRun<Rows extends KvRows = KvRows> {
  /** The vocabulary's scores after a row's last token. */
  logitsOf(row: number): Float32Array;
  /** Adds the first `counts[row]` of the run's new tokens to each row, once. */
  keepIn(cache: Rows, counts: readonly number[]): void;
}

/** The decoder of an open model: its own where it has one, otherwise one that keeps all in this thread's memory. */
export function openDecoder(session: DecoderSession, shape: KvShape): Decoder {
  return session.openDecoder?.(shape) ?? hostDecoder(session, shape);
}

function hostDecoder(session: DecoderSession, shape: KvShape): Decoder<KvCache> {
  return {
    empty: (rows) => emptyCache(shape, rows),
    arrange: (picks, extra) => arrangeCache(shape, picks, extra),
    async run(cache, tokens) {
      const made = await runTokens(session, shape, cache, tokens);
      return {
        logitsOf: (row) => made.logitsOf(row),
        keepIn: (into, counts) => appendToCache(shape, into, made.outputs, counts),
      };
    },
    free: () => undefined,
  };
}
