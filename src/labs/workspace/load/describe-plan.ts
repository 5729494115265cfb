import type { Arrivals } from '#load/arrivals.ts';
import type { LoadPlan } from '#load/plan.ts';
import { describeMix } from './mix-text.ts';

/** `Poisson arrivals, 40/s, for 20 s, seed 1: POST http://triage/`. */
export function describePlan({ arrivals, durationSeconds, seed, request, mix }: LoadPlan): string {
  const who = mix ? `, ${describeMix(mix)}` : '';
  return `${describeArrivals(arrivals)} for ${durationSeconds} s, seed ${seed}${who}: ${request.method} ${request.url}`;
}

/** The arrivals in a few words. */
export function describeArrivals(arrivals: Arrivals): string {
  switch (arrivals.process) {
    case 'gamma':
      return `gamma arrivals of burstiness ${arrivals.burstiness}, ${arrivals.rate}/s`;
    case 'step':
      return `steps ${arrivals.levels.map(({ fromSeconds, rate }) => `${rate}/s from ${fromSeconds} s`).join(', ')},`;
    case 'ramp':
      return `a ramp from ${arrivals.from}/s to ${arrivals.to}/s`;
    case 'trace':
      return `a trace of ${arrivals.atSeconds.length} arrivals`;
    case 'single-stream':
      return 'SingleStream, one query at a time,';
    case 'multi-stream':
      return `MultiStream, queries of ${arrivals.samples},`;
    case 'server':
      return `Server, Poisson arrivals, ${arrivals.rate}/s`;
    case 'offline':
      return `Offline, ${arrivals.samples} samples at once,`;
    default:
      return `${arrivals.process} arrivals, ${arrivals.rate}/s`;
  }
}
