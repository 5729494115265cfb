import { createHistogram } from '#load/histogram.ts';
import type { SimulationSample } from '../report.ts';
import type { World } from './world.ts';

/** Buckets of equal length of virtual time. */
export interface Timeline {
  readonly samples: readonly SimulationSample[];
  arrived(): void;
  sent(): void;
  ended(isOk: boolean, tookMs: number, isGood: boolean): void;
  close(now: number, inFlight: number, ready: number, replicas: number): void;
  /** Closes the last bucket, however short. */
  finish(world: World): void;
}

/** More would cost memory and no chart shows them. */
const MOST_SAMPLES = 5_000;

/** A timeline that begins at 0. */
export function createTimeline(hasSlo: boolean): Timeline {
  const samples: SimulationSample[] = [];
  let openedAt = 0;
  let bucket = createBucket();

  const close: Timeline['close'] = (now, inFlight, ready, replicas) => {
    if (samples.length >= MOST_SAMPLES) return;
    samples.push({ at: now, inFlight, ready, replicas, ...bucket.rates(now - openedAt, hasSlo) });
    openedAt = now;
    bucket = createBucket();
  };

  return {
    samples,
    arrived: () => bucket.arrived(),
    sent: () => bucket.sent(),
    ended: (isOk, tookMs, isGood) => bucket.ended(isOk, tookMs, isGood),
    close,
    finish({ now, inFlight, ready, pools }) {
      const replicas = pools.reduce((sum, pool) => sum + pool.replicas.length, 0);
      if (now > openedAt) close(now, inFlight, ready.length, replicas);
    },
  };
}

function createBucket() {
  const latency = createHistogram();
  let [arrived, sent, good] = [0, 0, 0];
  return {
    arrived: () => {
      arrived += 1;
    },
    sent: () => {
      sent += 1;
    },
    ended: (isOk: boolean, tookMs: number, isGood: boolean) => {
      if (isOk) latency.record(tookMs);
      else latency.recordFailure();
      if (isGood) good += 1;
    },
    rates(lengthMs: number, hasSlo: boolean) {
      const seconds = lengthMs / 1000;
      const ended = latency.answered + latency.failed;
      const isEmpty = ended === 0;
      return {
        offered: arrived / seconds,
        sent: sent / seconds,
        completed: latency.answered / seconds,
        failed: latency.failed / seconds,
        p50: isEmpty ? null : latency.percentile(50),
        p99: isEmpty ? null : latency.percentile(99),
        good: !hasSlo || isEmpty ? null : good / ended,
      };
    },
  };
}
