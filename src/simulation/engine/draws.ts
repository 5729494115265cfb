import type { Scenario, ServiceSpec, TokensSpec } from '../scenario.ts';

type Random = () => number;

/** Draws service times of an idle replica of speed 1, milliseconds. */
export function drawService(spec: ServiceSpec, random: Random): () => number {
  switch (spec.kind) {
    case 'deterministic':
      return () => spec.ms;
    case 'exponential':
      return () => -Math.log1p(-random()) * spec.meanMs;
    case 'lognormal': {
      const sigma = Math.sqrt(Math.log1p(spec.cv ** 2));
      const mu = Math.log(spec.meanMs) - sigma ** 2 / 2;
      return () => Math.exp(mu + sigma * normal(random));
    }
    case 'empirical': {
      const { samplesMs } = spec;
      return () => samplesMs[Math.floor(random() * samplesMs.length)] as number;
    }
  }
}

/** Draws how many tokens a prompt or an answer has. */
export function drawTokens(spec: TokensSpec, random: Random): () => number {
  switch (spec.kind) {
    case 'constant':
      return () => spec.tokens;
    case 'uniform':
      return () => spec.from + Math.floor(random() * (spec.to - spec.from + 1));
    case 'empirical':
      return () => spec.samples[Math.floor(random() * spec.samples.length)] as number;
  }
}

/** Due times in milliseconds, one after the other; Infinity when there are no more. */
export function drawArrivals(arrivals: Scenario['arrivals'], random: Random): () => number {
  if (arrivals.kind === 'schedule') {
    let index = 0;
    return () => arrivals.at[index++] ?? Infinity;
  }
  const { phases } = arrivals;
  const most = arrivals.maxArrivals ?? Infinity;
  let phase = 0;
  let count = 0;
  let at = 0;
  let phaseEnds = phases[0]?.durationMs ?? Infinity;
  return () => {
    if (count >= most) return Infinity;
    for (;;) {
      const rate = phases[phase]?.ratePerSecond;
      if (rate === undefined) return Infinity;
      at += (-Math.log1p(-random()) * 1000) / rate;
      if (at < phaseEnds) break;
      // Without memory, the wait may start again where the rate changes.
      at = phaseEnds;
      phase += 1;
      phaseEnds += phases[phase]?.durationMs ?? Infinity;
    }
    count += 1;
    return at;
  };
}

/** Box and Muller; the second of the pair is not kept, so that each draw takes two numbers. */
function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log1p(-random())) * Math.cos(2 * Math.PI * random());
}
