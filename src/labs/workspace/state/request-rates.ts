import type { RequestRecord } from '#cluster/lab-cluster.ts';

const WINDOW_MS = 2000;

/** Counts finished requests per pod over a sliding window of two seconds. */
export class RequestRates {
  #batches: { at: number; counts: Map<string, number> }[] = [];

  /** `now` is monotonic, in milliseconds. */
  add(requests: readonly RequestRecord[], now: number): void {
    const counts = new Map<string, number>();
    for (const { pod } of requests) if (pod) counts.set(pod, (counts.get(pod) ?? 0) + 1);
    this.#batches.push({ at: now, counts });
  }

  /** Requests per second by pod; pods without any are absent. */
  perSecond(now: number): Record<string, number> {
    this.#batches = this.#batches.filter((batch) => now - batch.at < WINDOW_MS);
    const sums: Record<string, number> = {};
    for (const batch of this.#batches) {
      for (const [pod, count] of batch.counts) sums[pod] = (sums[pod] ?? 0) + count;
    }
    for (const pod of Object.keys(sums)) sums[pod] = ((sums[pod] ?? 0) * 1000) / WINDOW_MS;
    return sums;
  }
}
