import { drawAnomaly, strainOf, type Anomaly } from './data/telemetry/anomalies.ts';
import { SAMPLES_PER_DAY, type Sample } from './data/telemetry/features.ts';
import { CALM, drawMachine, report } from './data/telemetry/machine.ts';
import { seededRandom, type Random } from './random.ts';

/** What one machine reported, and what was wrong when. */
export interface Telemetry {
  readonly samples: readonly Sample[];
  /** In order, none overlapping. */
  readonly anomalies: readonly Anomaly[];
}

/** Mean samples of calm between two anomalies, where there are any. */
const CALM_SAMPLES = 120;

/**
 * `days` of reports of one machine, every five minutes: traffic with a daily curve and quieter weekends, and
 * utilisation, memory, latency and temperature that follow from it. Every seed is another machine; with `anomalies`
 * something is wrong about a sixth of the time.
 */
export function drawTelemetry(
  seed: number,
  days: number,
  { anomalies: withAnomalies = false } = {},
): Telemetry {
  const random = seededRandom(seed);
  const machine = drawMachine(random);
  const length = days * SAMPLES_PER_DAY;
  const anomalies = withAnomalies ? drawAnomalies(length, random) : [];
  const mood = { drift: 0, warmth: 0.4 };
  const samples: Sample[] = [];
  for (let at = 0; at < length; at++) {
    const anomaly = anomalies.find(
      ({ from, samples: duration }) => at >= from && at < from + duration,
    );
    const strain = anomaly ? strainOf(anomaly, at) : CALM;
    samples.push(report(machine, at, strain, mood, random));
  }
  return { samples, anomalies };
}

function drawAnomalies(length: number, random: Random): Anomaly[] {
  const anomalies: Anomaly[] = [];
  let at = random.below(2 * CALM_SAMPLES);
  while (at < length) {
    const anomaly = drawAnomaly(at, random);
    anomalies.push(anomaly);
    at += anomaly.samples + 12 + random.below(2 * CALM_SAMPLES);
  }
  return anomalies;
}
