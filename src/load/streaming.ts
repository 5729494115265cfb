import { createHistogram, type LatencyHistogram } from './histogram.ts';
import type { RequestResult, StreamTimes } from './report.ts';
import { summariseLatency, type LatencySummary } from './latency-summary.ts';

/**
 * What a stream of tokens felt like, over the requests that succeeded. TTFT is from the scheduled
 * time to the first token. TPOT is (last token - first token) / (tokens - 1) of one request, left out
 * when it has one token; its mean weighs every request the same. ITL is the time between one token
 * and the next; its mean weighs every token the same, so long answers count more.
 */
export interface StreamingSummary {
  readonly ttft: LatencySummary | null;
  readonly tpot: LatencySummary | null;
  readonly itl: LatencySummary | null;
  readonly outputTokens: number;
  /** null when no answer stated it. */
  readonly promptTokens: number | null;
  /** Per second of the measured part. */
  readonly outputTokensPerSecond: number;
  readonly promptTokensPerSecond: number | null;
}

/** Milliseconds; null for an answer of one token. */
export function timePerToken({ firstTokenAt, lastTokenAt, tokens }: StreamTimes): number | null {
  return tokens > 1 ? (lastTokenAt - firstTokenAt) / (tokens - 1) : null;
}

/** null when no measured answer was a stream. `gaps` holds the times between tokens of the measured ones. */
export function summariseStreaming(
  measured: readonly RequestResult[],
  seconds: number,
): StreamingSummary | null {
  const streamed = measured.filter(({ outcome, stream }) => outcome === 'ok' && stream !== null);
  if (streamed.length === 0) return null;
  const [ttft, tpot, itl] = [createHistogram(), createHistogram(), createHistogram()];
  let outputTokens = 0;
  let promptTokens: number | null = null;
  for (const { stream, scheduledAt } of streamed) {
    if (!stream) continue;
    recordTimes(stream, scheduledAt, { ttft, tpot, itl });
    outputTokens += stream.tokens;
    if (stream.promptTokens !== null) promptTokens = (promptTokens ?? 0) + stream.promptTokens;
  }
  return {
    ttft: summariseLatency(ttft),
    tpot: summariseLatency(tpot),
    itl: summariseLatency(itl),
    outputTokens,
    promptTokens,
    outputTokensPerSecond: outputTokens / seconds,
    promptTokensPerSecond: promptTokens === null ? null : promptTokens / seconds,
  };
}

function recordTimes(
  stream: StreamTimes,
  scheduledAt: number,
  into: Record<'ttft' | 'tpot' | 'itl', LatencyHistogram>,
): void {
  into.ttft.record(stream.firstTokenAt - scheduledAt);
  const perToken = timePerToken(stream);
  if (perToken !== null) into.tpot.record(perToken);
  for (const gap of stream.gaps) into.itl.record(gap);
}
