import { createRegistry } from '#metrics/registry.ts';
import type { ClusterView, ScrapedTarget } from '../lab-cluster.ts';
import type { ContainerLife } from '../containers/container-life.ts';
import type { ClusterCache } from '../control-plane/cache.ts';
import { identityOf } from '../control-plane/identity.ts';
import type { Pod } from '../control-plane/resources.ts';
import type { Traffic } from '../gateway/traffic.ts';

export interface ScrapeOptions {
  readonly cache: ClusterCache;
  readonly traffic: Traffic;
  readonly view: () => ClusterView;
  readonly listener: (podUid: string, port: number) => ContainerLife | null;
}

/** As Prometheus would wait. */
const TIMEOUT_MS = 1000;
const BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/**
 * Reads /metrics of every running pod, and what the gateway and the control plane know themselves.
 * It asks each pod directly, so that a scrape is no traffic of a Service.
 */
export function createScraper(options: ScrapeOptions): () => Promise<readonly ScrapedTarget[]> {
  const gateway = { write: null as null | (() => string) };
  return async () => {
    gateway.write ??= countTraffic(options.traffic);
    const pods = [...options.cache.all('Pod')].filter(isScraped);
    const own = (job: string, text: string): ScrapedTarget => ({
      job,
      instance: job,
      pod: null,
      text,
      failure: null,
    });
    return [
      own('gateway', gateway.write()),
      own('kube-state', describeState(options.view())),
      ...(await Promise.all(pods.map((pod) => scrapePod(pod, options)))),
    ];
  };
}

function isScraped({ metadata, status }: Pod): boolean {
  return metadata?.namespace !== 'kube-system' && status?.phase === 'Running';
}

async function scrapePod(pod: Pod, { listener }: ScrapeOptions): Promise<ScrapedTarget> {
  const { name, uid } = identityOf(pod);
  const port = portOf(pod);
  const instance = `${pod.status?.podIP ?? name}:${port}`;
  const target = { job: 'pods', instance, pod: name };
  const container = listener(uid, port)?.running();
  if (!container) return { ...target, text: null, failure: `Nothing listens on port ${port}.` };
  try {
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    const response = await container.fetch(new Request(`http://${instance}/metrics`), signal);
    const text = await response.text();
    if (response.ok) return { ...target, text, failure: null };
    return { ...target, text: null, failure: `HTTP ${response.status}` };
  } catch (error) {
    const failure = error instanceof Error ? error.message : String(error);
    return { ...target, text: null, failure };
  }
}

/** The port of Prometheus's annotation, else the first that the pod declares. */
function portOf({ metadata, spec }: Pod): number {
  const annotated = Number(metadata?.annotations?.['prometheus.io/port']);
  if (Number.isInteger(annotated) && annotated > 0) return annotated;
  return spec?.containers?.flatMap(({ ports = [] }) => ports)[0]?.containerPort ?? 80;
}

/** Counts from now on: without a scraper nobody pays for it. */
function countTraffic(traffic: Traffic): () => string {
  const registry = createRegistry();
  const count = registry.counter('gateway_requests_total', 'Requests that the gateway ended.');
  const took = registry.histogram(
    'gateway_request_duration_seconds',
    'Seconds from the gateway taking a request to the end of its answer.',
    BUCKETS,
  );
  traffic.watch(({ service, pod, status, failure, durationMs }) => {
    const labels = { service, pod: pod ?? '' };
    count({ ...labels, code: String(status ?? 0), failure: failure ?? '' });
    took(labels, durationMs / 1000);
  });
  return () => registry.write();
}

function describeState({ pods, deployments }: ClusterView): string {
  const registry = createRegistry();
  const ready = registry.gauge('kube_pod_status_ready', '1 when the pod is ready.');
  const restarts = registry.gauge(
    'kube_pod_container_status_restarts_total',
    'Restarts of the containers of the pod.',
  );
  const inFlight = registry.gauge(
    'gateway_requests_in_flight',
    'Requests that the pod has taken and not answered.',
  );
  for (const pod of pods) {
    ready({ pod: pod.name }, Number(pod.ready));
    restarts({ pod: pod.name }, pod.restarts);
    inFlight({ pod: pod.name }, pod.requests.inFlight);
  }
  const wanted = registry.gauge('kube_deployment_spec_replicas', 'Replicas that are asked for.');
  const available = registry.gauge(
    'kube_deployment_status_replicas_available',
    'Replicas that are available.',
  );
  for (const { name, replicas, available: count } of deployments) {
    wanted({ deployment: name }, replicas);
    available({ deployment: name }, count);
  }
  return registry.write();
}
