import type { ScrapedTarget } from '#cluster/lab-cluster.ts';
import type { Sample } from '#metrics/labels.ts';
import { parseExposition } from '#metrics/parse-exposition.ts';
import { createSeriesStore } from '#metrics/series-store.ts';
import type { ClusterSession } from './cluster-session.svelte.ts';
import { describeError } from './describe-error.ts';

/** What the last scrape of one target gave. */
export interface TargetState {
  readonly job: string;
  readonly instance: string;
  readonly pod: string | null;
  /** Samples read, 0 when it failed. */
  readonly samples: number;
  readonly failure: string | null;
}

/** Milliseconds between scrapes. */
export const SCRAPE_MS = 2000;
const RETENTION_MS = 15 * 60_000;

/** Scrapes the lab's cluster from the first time that somebody looks until the lab closes. */
export class MetricsSession {
  query = $state('sum by (pod) (rate(gateway_requests_total[10s]))');
  targets: readonly TargetState[] = $state.raw([]);
  /** Milliseconds since the epoch of the last scrape, null before the first. */
  scrapedAt: number | null = $state(null);
  /** Why the last scrape as a whole failed; one target's trouble is in `targets`. */
  failure: string | null = $state(null);
  readonly store = createSeriesStore(RETENTION_MS);

  #cluster: ClusterSession;
  #timer: ReturnType<typeof setInterval> | undefined;
  #isScraping = false;

  constructor(cluster: ClusterSession) {
    this.#cluster = cluster;
  }

  start(): void {
    if (this.#timer !== undefined) return;
    this.#timer = setInterval(() => void this.#scrape(), SCRAPE_MS);
    void this.#scrape();
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  async #scrape(): Promise<void> {
    if (this.#isScraping || this.#cluster.phase !== 'running') return;
    this.#isScraping = true;
    try {
      const targets = await (await this.#cluster.open()).scrape();
      const at = Date.now();
      const read = targets.map(readTarget);
      this.store.append(
        at,
        read.flatMap(({ samples }) => samples),
      );
      this.targets = read.map(({ state }) => state);
      this.scrapedAt = at;
      this.failure = null;
    } catch (error) {
      this.failure = describeError(error);
    } finally {
      this.#isScraping = false;
    }
  }
}

function readTarget({ job, instance, pod, text, failure }: ScrapedTarget) {
  const labels = { job, instance, ...(pod === null ? {} : { pod }) };
  const parsed = text === null ? null : parseExposition(text);
  const isUp = parsed?.ok === true;
  const samples: Sample[] = isUp
    ? parsed.samples.map((sample) => ({ ...sample, labels: { ...sample.labels, ...labels } }))
    : [];
  const refused = parsed && !parsed.ok ? `Line ${parsed.line}: ${parsed.message}` : null;
  const state: TargetState = {
    job,
    instance,
    pod,
    samples: samples.length,
    failure: failure ?? refused,
  };
  const up: Sample = { labels: { __name__: 'up', ...labels }, value: isUp ? 1 : 0 };
  return { state, samples: [up, ...samples] };
}
