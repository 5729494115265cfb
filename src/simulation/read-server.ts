import type { BatchServerSpec, QueueServerSpec } from './scenario.ts';

type Environment = Readonly<Record<string, string>>;

/** What a calibration knows of a language model's steps. */
export type BatchCosts = Pick<BatchServerSpec, 'prefill' | 'decode' | 'blockTokens'>;

/** Past this a limit limits nothing, and what is computed from it is no longer exact. */
const MOST = 1_000_000_000;

/** The settings that pods of the labs read: `CONCURRENCY` (1) and `QUEUE_LIMIT` (none). */
export function readQueueServer(env: Environment): QueueServerSpec | string {
  const concurrency = readWhole(env, 'CONCURRENCY', 1, 1);
  const queueLimit = readWhole(env, 'QUEUE_LIMIT', null, 0);
  if (typeof concurrency === 'string') return concurrency;
  if (typeof queueLimit === 'string') return queueLimit;
  return { kind: 'queue', concurrency, queueLimit, abandoned: 'served' };
}

/**
 * As the batcher of the platform's models: `MAX_BATCH` (8), `KV_TOKENS` (enough for a full batch of
 * `contextTokens`), `MAX_WAIT_MS` (0), `BATCHING` (`continuous` or `static`) and `QUEUE_LIMIT` (none).
 */
export function readBatchServer(
  env: Environment,
  costs: BatchCosts,
  contextTokens: number,
): BatchServerSpec | string {
  const { blockTokens } = costs;
  const joining = env['BATCHING'] ?? 'continuous';
  if (joining !== 'continuous' && joining !== 'static')
    return `BATCHING is "${joining}"; it is continuous or static.`;
  const maxBatch = readWhole(env, 'MAX_BATCH', 8, 1);
  const queueLimit = readWhole(env, 'QUEUE_LIMIT', null, 0);
  const maxWaitMs = readWhole(env, 'MAX_WAIT_MS', 0, 0);
  if (typeof maxBatch === 'string') return maxBatch;
  if (typeof queueLimit === 'string') return queueLimit;
  if (typeof maxWaitMs === 'string') return maxWaitMs;
  const kvTokens = readWhole(env, 'KV_TOKENS', maxBatch * contextTokens, blockTokens);
  if (typeof kvTokens === 'string') return kvTokens;
  const kvBlocks = Math.floor(kvTokens / blockTokens);
  return { kind: 'batch', ...costs, maxBatch, kvBlocks, maxWaitMs, queueLimit, joining };
}

/** The value of a variable, the fallback when it is not set, or what is wrong with it. */
function readWhole<Fallback extends number | null>(
  env: Environment,
  name: string,
  fallback: Fallback,
  least: number,
): number | Fallback | string {
  const text = env[name];
  if (text === undefined) return fallback;
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= least && value <= MOST) return value;
  return `${name} is "${text}"; it is a whole number of ${least} or more, and at most ${MOST}.`;
}
