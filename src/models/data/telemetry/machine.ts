import type { Random } from '#models/random.ts';
import { SAMPLES_PER_DAY, type Sample } from './features.ts';

/** What makes one machine of a fleet differ from the next; the rest is physics that all share. */
export interface Machine {
  /** Requests per second that would keep its GPU busy all the time. */
  readonly capacity: number;
  /** Load at night and at the daily peak, as shares of the capacity. */
  readonly night: number;
  readonly peak: number;
  /** Sample of the day at which the peak is reached: users live in other places. */
  readonly peakAt: number;
  /** Milliseconds of a request that does not wait. */
  readonly service: number;
  /** Degrees of the air, and degrees added at full use. */
  readonly ambient: number;
  readonly heat: number;
  /** Share of memory for the weights, in percent. */
  readonly weights: number;
}

/** What an anomaly does to a machine for a while; 1 and 0 where it does nothing. */
export interface Strain {
  /** Factors on the GPU's speed, and on the time of what a request waits for elsewhere. */
  readonly speed: number;
  readonly dependency: number;
  /** Share of the requests that never reach the GPU and fail. */
  readonly lost: number;
  /** Percent of memory held beyond need, and degrees beyond what the load explains. */
  readonly leaked: number;
  readonly hotter: number;
  /** Share of the GPU's idle time that it spends on nothing. */
  readonly idle: number;
}

/** Nothing is wrong. */
export const CALM: Strain = { speed: 1, dependency: 1, lost: 0, leaked: 0, hotter: 0, idle: 0 };

/** Draws a machine. */
export function drawMachine(random: Random): Machine {
  const between = (low: number, high: number): number => low + (high - low) * random.uniform();
  return {
    capacity: between(90, 110),
    night: between(0.12, 0.25),
    peak: between(0.6, 0.8),
    peakAt: between(0.35, 0.75) * SAMPLES_PER_DAY,
    service: between(70, 90),
    ambient: between(21, 26),
    heat: between(38, 44),
    weights: between(40, 44),
  };
}

/** What a machine feels from one sample to the next: traffic that drifts, and warmth that lags. */
export interface Mood {
  drift: number;
  warmth: number;
}

/** The machine's report at sample `at` of its life; `mood` is carried along and changed. */
export function report(
  machine: Machine,
  at: number,
  strain: Strain,
  mood: Mood,
  random: Random,
): Sample {
  const day = Math.floor(at / SAMPLES_PER_DAY) % 7;
  const angle = (2 * Math.PI * (at - machine.peakAt)) / SAMPLES_PER_DAY;
  const swing = (1 + Math.cos(angle)) / 2;
  const weekend = day >= 5 ? 0.75 : 1;
  // Traffic wanders around its daily curve and comes back to it.
  mood.drift = 0.9 * mood.drift + 0.03 * random.normal();
  const share =
    (machine.night + (machine.peak - machine.night) * swing) * weekend * (1 + mood.drift);
  const requests = Math.max(0.5, machine.capacity * share * (1 + 0.02 * random.normal()));
  const offered = ((1 - strain.lost) * requests) / (machine.capacity * strain.speed);
  const use = Math.min(0.97, offered);
  // Waiting grows as 1 / (1 - use), as in any queue.
  const waiting = (0.35 * machine.service * use) / (1 - use) / strain.speed;
  const latency = (machine.service / strain.speed + waiting) * strain.dependency;
  const busy = use + strain.idle * (1 - use);
  mood.warmth = 0.7 * mood.warmth + 0.3 * busy;
  const memory = machine.weights + 38 * use + strain.leaked + 0.8 * random.normal();
  const failing = 100 * (strain.lost + 0.002 + 0.3 * Math.max(0, offered - 0.95));
  return [
    requests,
    100 * clamp(busy + 0.015 * random.normal(), 0, 1),
    Math.min(100, memory),
    latency * (1 + 0.04 * random.normal()),
    machine.ambient + machine.heat * mood.warmth + strain.hotter + 0.4 * random.normal(),
    clamp(failing * (1 + 0.2 * random.normal()), 0, 100),
  ];
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}
