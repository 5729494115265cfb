import type { Counters } from './counters.ts';
import type { Decoder } from './decoder.ts';
import { blockBytes, blocksFor, type KvRows, type KvShape } from './kv-cache.ts';

/** The same decoder; every run counts the bytes of the keys and values that it is given. */
export function meterKv(decoder: Decoder, shape: KvShape, counters: Counters): Decoder {
  return {
    ...decoder,
    run(cache, tokens) {
      counters.kvCacheBytes = bytesOf(cache, shape);
      counters.kvCachePeakBytes = Math.max(counters.kvCachePeakBytes, counters.kvCacheBytes);
      return decoder.run(cache, tokens);
    },
  };
}

/** Of the arrays themselves where they are in this thread's memory; an accelerator's buffers have the same form. */
function bytesOf(cache: KvRows & { readonly tensors?: readonly Float32Array[] }, shape: KvShape) {
  const { tensors, lengths, columns } = cache;
  if (!tensors) return lengths.length * blocksFor(columns) * blockBytes(shape);
  return tensors.reduce((sum, { byteLength }) => sum + byteLength, 0);
}
