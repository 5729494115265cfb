import { z } from 'zod';
import type { RequestResult } from './report.ts';
import { timePerToken } from './streaming.ts';

const bound = z.number().positive().optional();

/** What makes one request good: it succeeded within every bound stated here. */
export const sloSchema = z
  .strictObject({
    /** From the scheduled time to the end of the answer. */
    latencyMs: bound,
    /** From the scheduled time to the first token. */
    ttftMs: bound,
    /** Mean time per output token after the first. */
    tpotMs: bound,
    /** The share of requests that must be good, .99 when it is not stated. */
    share: z.number().gt(0).lt(1).default(0.99),
  })
  .refine(
    ({ latencyMs, ttftMs, tpotMs }) => latencyMs ?? ttftMs ?? tpotMs,
    'An SLO needs a metric. State latencyMs, ttftMs or tpotMs, for example { latencyMs: 100 }.',
  );

export type Slo = z.infer<typeof sloSchema>;

/** A request that failed is never good; without a token stream its bounds on tokens do not hold. */
export function isGood(slo: Slo, result: RequestResult): boolean {
  if (result.outcome !== 'ok') return false;
  const { latencyMs = Infinity, ttftMs, tpotMs } = slo;
  if (result.endedAt - result.scheduledAt > latencyMs) return false;
  return meetsTokenBounds(result, ttftMs, tpotMs);
}

/** The SLO in words: `latency <= 100 ms for 99 % of requests`. */
export function describeSlo({ latencyMs, ttftMs, tpotMs, share }: Slo): string {
  const bounds = [
    ['latency', latencyMs],
    ['TTFT', ttftMs],
    ['TPOT', tpotMs],
  ] as const;
  const parts = bounds.flatMap(([name, ms]) => (ms === undefined ? [] : [`${name} <= ${ms} ms`]));
  return `${parts.join(' and ')} for ${Number((share * 100).toFixed(3))} % of requests`;
}

function meetsTokenBounds(
  { scheduledAt, stream }: RequestResult,
  ttftMs: number | undefined,
  tpotMs: number | undefined,
): boolean {
  if (ttftMs === undefined && tpotMs === undefined) return true;
  if (!stream) return false;
  if (ttftMs !== undefined && stream.firstTokenAt - scheduledAt > ttftMs) return false;
  // Of one token there is no time per token; as in vLLM it counts as 0 here.
  return tpotMs === undefined || (timePerToken(stream) ?? 0) <= tpotMs;
}
