import { createHistogram } from './histogram.ts';
import type { LoadSample, RequestResult } from './report.ts';

/** Buckets of the live chart while a run goes on. */
export interface LiveSamples {
  recordSent(): void;
  recordEnded(result: RequestResult): void;
  /** Ends the present bucket at `at` (milliseconds from the start of the run) and returns its sample. */
  close(at: number): LoadSample;
  readonly all: readonly LoadSample[];
}

/** Bucket length in milliseconds: a quarter second in a short run, else a second. */
export function chooseBucketLength(durationSeconds: number): number {
  return durationSeconds <= 15 ? 250 : 1000;
}

/** Starts with an empty bucket at 0. `due` are the scheduled times, ascending; null in a closed loop, which offers what it sends. */
export function createLiveSamples(due: Float64Array | null): LiveSamples {
  const all: LoadSample[] = [];
  let nextDue = 0;
  let sent = 0;
  let inFlight = 0;
  let openedAt = 0;
  let bucket = createBucket();

  const countDue = (until: number) => {
    if (!due) return sent;
    const from = nextDue;
    while (nextDue < due.length && (due[nextDue] ?? Infinity) < until) nextDue += 1;
    return nextDue - from;
  };

  return {
    all,
    recordSent() {
      inFlight += 1;
      sent += 1;
    },
    recordEnded(result) {
      inFlight -= 1;
      bucket.record(result);
    },
    close(at) {
      const seconds = (at - openedAt) / 1000;
      const sample = { at, offered: countDue(at) / seconds, inFlight, ...bucket.rates(seconds) };
      all.push(sample);
      openedAt = at;
      sent = 0;
      bucket = createBucket();
      return sample;
    },
  };
}

function createBucket() {
  const latency = createHistogram();
  const byPod = new Map<string, number>();
  return {
    record(result: RequestResult) {
      if (result.outcome === 'cancelled') return;
      if (result.outcome === 'ok') latency.record(result.endedAt - result.scheduledAt);
      else latency.recordFailure();
      if (result.pod) byPod.set(result.pod, (byPod.get(result.pod) ?? 0) + 1);
    },
    rates(seconds: number) {
      const ended = latency.answered + latency.failed;
      return {
        completed: latency.answered / seconds,
        failed: latency.failed / seconds,
        p50: ended === 0 ? null : latency.percentile(50),
        p99: ended === 0 ? null : latency.percentile(99),
        byPod: Object.fromEntries([...byPod].map(([pod, count]) => [pod, count / seconds])),
      };
    },
  };
}
