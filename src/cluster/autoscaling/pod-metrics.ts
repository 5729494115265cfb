import type { ScalingMetric } from '#autoscaling/autoscaler.ts';
import { parseExposition } from '#metrics/parse-exposition.ts';
import type { ScrapedTarget } from '../lab-cluster.ts';

/** What one look at the pods found, by pod and by name of the sample. */
export interface PodSamples {
  /** Milliseconds. */
  readonly at: number;
  readonly byPod: ReadonlyMap<string, ReadonlyMap<string, number>>;
}

const PER_SECOND = '_per_second';

/** The samples of each pod whose scrape could be read; series of one name are added up. */
export function readSamples(targets: readonly ScrapedTarget[], at: number): PodSamples {
  const byPod = new Map<string, ReadonlyMap<string, number>>();
  for (const { pod, text } of targets) {
    const parsed = pod === null || text === null ? null : parseExposition(text);
    if (pod === null || !parsed?.ok) continue;
    const sums = new Map<string, number>();
    for (const { labels, value } of parsed.samples) {
      const { __name__: name = '' } = labels;
      sums.set(name, (sums.get(name) ?? 0) + value);
    }
    byPod.set(pod, sums);
  }
  return { at, byPod };
}

/**
 * The values of a metric over these pods, null when none of them has one: what a pod exposes under
 * the name, and for `x_per_second` the rate of the counter `x_total` since the look before, as
 * adapters for Prometheus are set up.
 */
export function valuesOf(
  { source, name }: ScalingMetric,
  pods: readonly string[],
  now: PodSamples,
  before: PodSamples | null,
): readonly number[] | null {
  // Objects and external systems have nobody here who could tell.
  if (source !== 'pod') return null;
  const values = pods.flatMap((pod) => valueOf(name, pod, now, before) ?? []);
  return values.length === 0 ? null : values;
}

function valueOf(
  name: string,
  pod: string,
  now: PodSamples,
  before: PodSamples | null,
): number | null {
  const exposed = now.byPod.get(pod)?.get(name);
  if (exposed !== undefined) return exposed;
  const isRate = name.endsWith(PER_SECOND) && before !== null && now.at > before.at;
  return isRate ? rateOf(`${name.slice(0, -PER_SECOND.length)}_total`, pod, now, before) : null;
}

/** Per second; null when the counter is new, gone, or began again. */
function rateOf(counter: string, pod: string, now: PodSamples, before: PodSamples): number | null {
  const last = now.byPod.get(pod)?.get(counter);
  const first = before.byPod.get(pod)?.get(counter);
  if (last === undefined || first === undefined || last < first) return null;
  return ((last - first) * 1000) / (now.at - before.at);
}
