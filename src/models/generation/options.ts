import { inputInvalid } from '../errors.ts';
import type { GenerateOptions, GeneratorOptions } from '../learner/generator.ts';
import type { BatchLimits } from './batcher.ts';
import { blockBytes, blocksFor, type KvShape } from './kv-cache.ts';
import type { SequenceRequest } from './sequence.ts';

const DEFAULT_BATCH = 8;
const DEFAULT_TOKENS = 128;
const LARGEST_SEED = 2 ** 32 - 1;

/** What may run together, from what the pod asked for; by default memory for a full batch of full contexts. */
export function readLimits(options: GeneratorOptions, shape: KvShape): BatchLimits {
  const maxBatch = within('maxBatch', options.maxBatch ?? DEFAULT_BATCH, 1, 64);
  const all = maxBatch * blocksFor(shape.maxTokens);
  if (options.cache === false) return { maxBatch, kvBlocks: all, keepsCache: false };
  if (options.kvBytes === undefined) return { maxBatch, kvBlocks: all };
  const bytes = within('kvBytes', options.kvBytes, blockBytes(shape), Number.MAX_SAFE_INTEGER);
  return { maxBatch, kvBlocks: Math.floor(bytes / blockBytes(shape)) };
}

/** The settings of one text; what is left out is filled in, what makes no sense is refused. */
export function readSettings(options: GenerateOptions): Omit<SequenceRequest, 'prompt'> {
  const { maxTokens = DEFAULT_TOKENS, temperature = 0.7, topK = 20, seed = 0 } = options;
  if (typeof temperature !== 'number' || !(temperature >= 0 && temperature <= 2)) {
    throw inputInvalid(`temperature ${String(temperature)}`, 'temperature', 'a number from 0 to 2');
  }
  return {
    maxTokens: within('maxTokens', maxTokens, 1, Number.MAX_SAFE_INTEGER),
    temperature,
    topK: within('topK', topK, 1, 1000),
    seed: within('seed', seed, 0, LARGEST_SEED),
  };
}

/** Learner code is not type-checked at run time. */
function within(name: string, value: number, least: number, most: number): number {
  if (Number.isSafeInteger(value) && value >= least && value <= most) return value;
  throw inputInvalid(String(value), name, `a whole number from ${least} to ${most}`);
}
