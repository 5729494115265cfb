import type { ScalingMetric } from '#autoscaling/autoscaler.ts';
import { NO_DECISION } from './decider.ts';
import type { Replica, World } from './world.ts';

/** What one pod says of itself when it is scraped. */
type Reading = (replica: Replica, world: World, periodMs: number) => number;

const busyPercent: Reading = (replica, _world, periodMs) =>
  (100 * (replica.server.busyMs() - replica.seenBusyMs)) / periodMs;

/**
 * Metrics of every pod by name. `cpu` and the GPU's utilisation are shares of the time in which
 * anything ran, and so end at 100; the others count requests.
 */
const READINGS: Readonly<Record<string, Reading>> = {
  cpu: busyPercent,
  DCGM_FI_DEV_GPU_UTIL: busyPercent,
  http_requests_in_flight: ({ server }) => server.queued + server.running,
  http_requests_per_second: ({ received, seenReceived }, _world, periodMs) =>
    ((received - seenReceived) * 1000) / periodMs,
  queue_depth: ({ server }) => server.queued,
  'vllm:num_requests_waiting': ({ server }) => server.queued,
  'vllm:num_requests_running': ({ server }) => server.running,
  'vllm:kv_cache_usage_perc': ({ server }) => server.kvUsage(),
};

/** The values of a metric; null when no pod has one of that name. A `whole` metric is the sum over the pods. */
export function readMetric(
  { source, name }: ScalingMetric,
  ready: readonly Replica[],
  world: World,
  periodMs: number,
): readonly number[] | null {
  const reading = Object.hasOwn(READINGS, name) ? READINGS[name] : undefined;
  const values: number[] = [];
  for (const replica of ready) {
    const value = reading
      ? reading(replica, world, periodMs)
      : world.decider.signal(name, replica, world.now);
    if (value === null) world.stoppedBy = world.decider.explain() ?? NO_DECISION;
    if (value === null || !Number.isFinite(value)) return null;
    values.push(value);
  }
  return source === 'pod' ? values : [values.reduce((sum, value) => sum + value, 0)];
}
