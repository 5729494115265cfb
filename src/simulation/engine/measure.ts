import { createHistogram, type LatencyHistogram } from '#load/histogram.ts';
import { summariseLatency } from '#load/latency-summary.ts';
import type { ScalingRecord, SimulationReport } from '../report.ts';
import type { Scenario } from '../scenario.ts';
import type { Outcome, Recorder } from './recorder.ts';
import { createTimeline } from './timeline.ts';
import type { Replica, Request, World } from './world.ts';

/** A recorder whose memory does not grow with the number of requests. */
export interface Measurement extends Recorder {
  /** The report at this moment. `stoppedBy` says why the run did not come to its own end. */
  report(world: World, stoppedBy: string | null): SimulationReport;
}

/** Over requests due after the warm-up. */
interface Tally {
  readonly latency: LatencyHistogram;
  readonly ttft: LatencyHistogram;
  readonly tpot: LatencyHistogram;
  readonly outcomes: Record<Outcome, number>;
  readonly byPod: Map<string, number>;
  arrived: number;
  good: number;
  tokens: number;
}

/** Measures a run of this scenario from its beginning. */
export function createMeasurement(scenario: Scenario): Measurement {
  const { warmupMs, slo } = scenario;
  const tally = createTally();
  const timeline = createTimeline(slo !== null);
  const scaling: ScalingRecord[] = [];
  const warmup = { requests: 0, failed: 0 };
  const whole = { requests: 0, attempts: 0, stayed: 0, area: 0, changedAt: 0, podMs: 0 };

  const occupy = (now: number, before: number): void => {
    whole.area += before * (now - whole.changedAt);
    whole.changedAt = now;
  };

  return {
    arrived(now, inFlight) {
      occupy(now, inFlight - 1);
      whole.requests += 1;
      timeline.arrived();
      if (now >= warmupMs) tally.arrived += 1;
      else warmup.requests += 1;
    },
    sent() {
      whole.attempts += 1;
      timeline.sent();
    },
    ended(now, inFlight, request, outcome, replica) {
      occupy(now, inFlight + 1);
      const took = now - request.dueAt;
      whole.stayed += took;
      const isOk = outcome === 'ok';
      const good = slo !== null && isOk && isGood(slo, request, now);
      timeline.ended(isOk, took, good);
      if (request.dueAt < warmupMs) {
        if (!isOk) warmup.failed += 1;
        return;
      }
      tally.outcomes[outcome] += 1;
      if (good) tally.good += 1;
      if (isOk) recordAnswer(tally, request, now, replica);
      else tally.latency.recordFailure();
    },
    podEnded(replica, now) {
      whole.podMs += now - replica.createdAt;
    },
    scaled(at, pool, from, to, reason) {
      scaling.push({ at, pool, from, to, reason });
    },
    bucketEnded: (now, inFlight, ready, replicas) => timeline.close(now, inFlight, ready, replicas),
    report(world, stoppedBy) {
      const { now, inFlight } = world;
      occupy(now, inFlight);
      timeline.finish(world);
      const seconds = Math.max(0, now - warmupMs) / 1000;
      const perSecond = (count: number): number => (seconds > 0 ? count / seconds : 0);
      const living = world.pools.flatMap(({ replicas }) => replicas);
      const podMs = living.reduce((sum, { createdAt }) => sum + now - createdAt, whole.podMs);
      const ended = tally.latency.answered + tally.latency.failed;
      return {
        version: 1,
        seed: scenario.seed,
        virtualMs: now,
        offeredRate: perSecond(tally.arrived),
        achievedRate: perSecond(tally.outcomes.ok),
        latency: summariseLatency(tally.latency),
        ttft: summariseLatency(tally.ttft),
        tpot: summariseLatency(tally.tpot),
        outcomes: { ...tally.outcomes },
        goodput: slo && {
          perSecond: perSecond(tally.good),
          share: ended === 0 ? 0 : tally.good / ended,
        },
        outputTokensPerSecond: perSecond(tally.tokens),
        podShare: shares(tally.byPod, tally.outcomes.ok),
        amplification: whole.requests === 0 ? 1 : whole.attempts / whole.requests,
        podSeconds: podMs / 1000,
        scaling,
        warmup,
        little: {
          inSystem: now > 0 ? whole.area / now : 0,
          rateTimesStay: now > 0 ? whole.stayed / now : 0,
        },
        samples: timeline.samples,
        partial: inFlight > 0 || stoppedBy !== null,
        stoppedBy,
      };
    },
  };
}

function createTally(): Tally {
  const outcomes: Record<Outcome, number> = {
    ok: 0,
    timeout: 0,
    shed: 0,
    reset: 0,
    error: 0,
    'no-endpoints': 0,
    rejected: 0,
  };
  return {
    latency: createHistogram(),
    ttft: createHistogram(),
    tpot: createHistogram(),
    outcomes,
    byPod: new Map(),
    arrived: 0,
    good: 0,
    tokens: 0,
  };
}

function recordAnswer(tally: Tally, request: Request, now: number, replica: Replica | null): void {
  tally.latency.record(now - request.dueAt);
  if (replica) tally.byPod.set(replica.name, (tally.byPod.get(replica.name) ?? 0) + 1);
  if (request.firstTokenAt < 0) return;
  tally.tokens += request.outputTokens;
  tally.ttft.record(request.firstTokenAt - request.dueAt);
  // Of one token there is no time per token.
  if (request.outputTokens > 1) tally.tpot.record(timePerToken(request, now));
}

function isGood(slo: NonNullable<Scenario['slo']>, request: Request, now: number): boolean {
  const { latencyMs = Infinity, ttftMs, tpotMs } = slo;
  if (now - request.dueAt > latencyMs) return false;
  if (ttftMs === undefined && tpotMs === undefined) return true;
  if (request.firstTokenAt < 0) return false;
  if (request.firstTokenAt - request.dueAt > (ttftMs ?? Infinity)) return false;
  return timePerToken(request, now) <= (tpotMs ?? Infinity);
}

/** Mean time per token after the first; 0 when there was one only. */
function timePerToken({ firstTokenAt, outputTokens }: Request, now: number): number {
  return outputTokens > 1 ? (now - firstTokenAt) / (outputTokens - 1) : 0;
}

function shares(counts: ReadonlyMap<string, number>, total: number): Record<string, number> {
  return Object.fromEntries([...counts].map(([name, count]) => [name, count / total]));
}
