import { describe, expect, test } from 'vitest';
import { checkManifests } from '#cluster/check-manifests.ts';
import { formatProblem } from '#platform/problem.ts';
import { readPools, type ReadPoolsOptions } from './read-pools.ts';
import { readBatchServer, readQueueServer } from './read-server.ts';
import { simulate } from './simulate.ts';
import { loadOf, poisson, SERVICE_MS } from './testing/scenarios.ts';

const DEPLOYMENT = `apiVersion: apps/v1
kind: Deployment
metadata: { name: triage }
spec:
  replicas: 2
  selector: { matchLabels: { app: triage } }
  template:
    metadata: { labels: { app: triage } }
    spec:
      containers:
        - name: triage
          image: triage
          ports: [{ containerPort: 8080 }]
          env: [{ name: QUEUE_LIMIT, value: "16" }]
          readinessProbe: { httpGet: { path: /ready, port: 8080 }, periodSeconds: 2 }
`;
const SERVICE = `apiVersion: v1
kind: Service
metadata: { name: triage }
spec:
  selector: { app: triage }
  ports: [{ port: 80, targetPort: 8080 }]
`;
const hpa = (metric: string, more = ''): string => `apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: { name: triage }
spec:
  scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: triage }
  minReplicas: 1
  maxReplicas: 8
  metrics: [${metric}]
  ${more}
`;
const IN_FLIGHT =
  '{ type: Pods, pods: { metric: { name: http_requests_in_flight }, target: { type: AverageValue, averageValue: "1500m" } } }';
const CPU =
  '{ type: Resource, resource: { name: cpu, target: { type: Utilization, averageUtilization: 95 } } }';

function read(files: Record<string, string>, options: Partial<ReadPoolsOptions> = {}) {
  const checked = checkManifests(files, ['triage']);
  expect(checked.problems.map(formatProblem)).toEqual([]);
  return readPools(checked, {
    service: 'triage',
    coldStartMs: 3_000,
    readServer: readQueueServer,
    ...options,
  });
}

describe('manifests', () => {
  test('give replicas, queue limit and readiness', () => {
    expect(read({ 'a.yaml': DEPLOYMENT, 'b.yaml': SERVICE })).toEqual({
      ok: true,
      pools: [
        {
          name: 'triage',
          replicas: 2,
          server: { kind: 'queue', concurrency: 1, queueLimit: 16, abandoned: 'served' },
          overheadMs: 0,
          coldStartMs: 3_000,
          readiness: { initialDelayMs: 0, periodMs: 2_000 },
          factors: [],
          autoscaler: null,
        },
      ],
    });
  });

  test.each([
    [{ 'a.yaml': DEPLOYMENT }, /no manifest declares it\. There is no Service\./],
    [
      { 'b.yaml': SERVICE },
      /^b\.yaml:1:1: the selector of Service triage matches the pods of no Deployment/,
    ],
    [
      { 'a.yaml': DEPLOYMENT.replace('"16"', '"many"'), 'b.yaml': SERVICE },
      /^a\.yaml:1:1 spec\.template\.spec\.containers\.0\.env: Deployment triage: QUEUE_LIMIT is "many"; it is a whole number of 0 or more, .* Repair: Change the value/,
    ],
    [
      { 'a.yaml': DEPLOYMENT.replace('16', '9'.repeat(30)), 'b.yaml': SERVICE },
      /QUEUE_LIMIT is "9{30}"; it is a whole number/,
    ],
  ])('that lead nowhere are refused', (files, message) => {
    const found = read(files);
    expect(found.ok ? '' : found.problems.map(formatProblem).join('\n')).toMatch(message);
  });

  test('of a language model give the batcher its limits', () => {
    const costs = {
      blockTokens: 16,
      prefill: { baseMs: 1, perTokenMs: 1 },
      decode: { baseMs: 1, perSequenceMs: 1, perCachedTokenMs: 0 },
    };
    expect(readBatchServer({ MAX_BATCH: '4', BATCHING: 'static' }, costs, 256)).toMatchObject({
      maxBatch: 4,
      kvBlocks: 64,
      joining: 'static',
    });
    expect(readBatchServer({ BATCHING: 'dynamic' }, costs, 256)).toMatch(/continuous or static/);
  });
});

describe('a HorizontalPodAutoscaler', () => {
  test.each([
    [hpa(CPU).replace('maxReplicas: 8', 'maxReplicas: 0'), 'spec.maxReplicas'],
    [
      hpa(CPU).replace('averageUtilization: 95', 'averageValue: 95'),
      'spec.metrics.0.resource.target.averageUtilization',
    ],
    [hpa(IN_FLIGHT.replace('1500m', '1e400')), 'spec.metrics.0.pods.target.averageValue'],
    [hpa(IN_FLIGHT.replace('AverageValue', 'Utilization')), 'spec.metrics.0.pods.target.type'],
    [hpa(IN_FLIGHT.replace('type: Pods', 'type: Object')), 'spec.metrics.0.object'],
    [
      hpa(CPU, 'behavior: { scaleDown: { stabilizationWindowSeconds: 4000 } }'),
      'spec.behavior.scaleDown.stabilizationWindowSeconds',
    ],
    [hpa(CPU, 'behaviour: {}'), 'spec.behaviour'],
  ])('that the API server would refuse is refused at its field', (text, field) => {
    const { problems, manifests } = checkManifests({ 'hpa.yaml': text }, []);
    expect(problems.map((problem) => problem.field)).toEqual([field]);
    expect(manifests).toEqual([]);
  });

  /** Half of a pod's capacity for two minutes, then two and a half pods' for five. */
  function step(metric: string) {
    const files = { 'a.yaml': DEPLOYMENT.replace('replicas: 2', 'replicas: 1'), 'b.yaml': SERVICE };
    const found = read({ ...files, 'hpa.yaml': hpa(metric) });
    if (!found.ok) throw new Error('The manifests are refused.');
    return simulate({
      seed: 4,
      arrivals: poisson([loadOf(0.5, 120), loadOf(2.5, 300)]),
      work: { kind: 'time', service: { kind: 'lognormal', meanMs: SERVICE_MS, cv: 0.3 } },
      pools: [...found.pools],
      slo: { latencyMs: 100 },
    });
  }

  test('on requests in flight follows a step of load and keeps most answers good', () => {
    const report = step(IN_FLIGHT);
    const end = report.samples.at(-1);
    // The metric is what is there at the moment of the look, so a single burst may add a pod early.
    expect(report.samples.find(({ at }) => at === 120_000)?.ready).toBeLessThanOrEqual(2);
    expect(end?.ready).toBeGreaterThanOrEqual(3);
    expect(end?.good).toBeGreaterThan(0.9);
    expect(report.podSeconds).toBeGreaterThan(420);
  });

  test('on a processor that is simply full does worse at the same load', () => {
    const good = (metric: string) => step(metric).goodput?.share ?? 0;
    expect(good(CPU)).toBeLessThan(good(IN_FLIGHT) - 0.1);
  });

  test('on a metric that nobody exposes does nothing', () => {
    const report = step(IN_FLIGHT.replace('http_requests_in_flight', 'gpu_happiness'));
    expect(report.scaling).toEqual([]);
  });
});
