import type { Random } from '#models/random.ts';
import { CALM, type Strain } from './machine.ts';

/** What may go wrong with a machine. */
export const ANOMALIES = [
  'slow-dependency',
  'lost-requests',
  'memory-leak',
  'throttling',
  'spinning-gpu',
] as const;

export type AnomalyKind = (typeof ANOMALIES)[number];

/** One sentence per kind, as printed in the model card. */
export const ANOMALY_MEANING: Readonly<Record<AnomalyKind, string>> = {
  'slow-dependency': 'requests wait elsewhere: latency 1.2 to 2.4 times what the load explains',
  'lost-requests': '0.5 to 30 % of the requests fail before they reach the GPU',
  'memory-leak': 'GPU memory rises by 8 to 30 points until the process is restarted',
  throttling: '3 to 12 degrees hotter, and the GPU runs at 60 to 90 % of its speed',
  'spinning-gpu': 'the GPU spends 15 to 65 % of its idle time on nothing',
};

/** One thing that is wrong from one sample to another. */
export interface Anomaly {
  readonly kind: AnomalyKind;
  readonly from: number;
  readonly samples: number;
  /** 0..1, from hardly visible to plain. */
  readonly severity: number;
}

const SHORTEST = 9;
const LONGEST = 40;

/** An anomaly of random kind, length and severity that begins at `from`. */
export function drawAnomaly(from: number, random: Random): Anomaly {
  return {
    kind: random.pick(ANOMALIES),
    from,
    samples: SHORTEST + random.below(LONGEST - SHORTEST),
    severity: random.uniform(),
  };
}

/** What the anomaly does to its machine at sample `at`. */
export function strainOf({ kind, from, samples, severity }: Anomaly, at: number): Strain {
  const progress = (at - from + 1) / samples;
  switch (kind) {
    case 'slow-dependency':
      return { ...CALM, dependency: 1.2 + 1.2 * severity };
    case 'lost-requests':
      return { ...CALM, lost: 0.005 + 0.3 * severity };
    case 'memory-leak':
      return { ...CALM, leaked: (8 + 22 * severity) * progress };
    case 'throttling':
      return { ...CALM, speed: 0.9 - 0.3 * severity, hotter: 3 + 9 * severity };
    case 'spinning-gpu':
      return { ...CALM, idle: 0.15 + 0.5 * severity };
  }
}
