import { expect, test } from 'vitest';
import { app, deploy, kubectl, openTestEngine, until } from '../testing/test-engine.ts';
import type { ClusterEngine } from './create-engine.ts';

/** Every pod exposes what the last `/set?value=` said, whichever pod heard it. */
const CODE = `export default { fetch: (request) => {
  const url = new URL(request.url);
  if (url.pathname === '/set') globalThis.gauge = Number(url.searchParams.get('value'));
  return new Response('queue_length{class="a"} ' + (globalThis.gauge ?? 1) + '\\n');
} };`;

const hpa = (metric: string) => `apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: { name: triage }
spec:
  scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: triage }
  maxReplicas: 3
  metrics:
    - type: Pods
      pods: { metric: { name: ${metric} }, target: { type: AverageValue, averageValue: "2" } }
  behavior: { scaleDown: { stabilizationWindowSeconds: 0 } }
`;

async function open(metric: string): Promise<ClusterEngine> {
  const engine = await openTestEngine({ autoscalerPeriodMs: 100 });
  const files = { 'app.yaml': app(), 'hpa.yaml': hpa(metric) };
  const result = await deploy(engine, files, { triage: CODE });
  expect(result).toMatchObject({
    ok: true,
    applied: expect.arrayContaining(['horizontalpodautoscaler.autoscaling/triage created']),
  });
  await kubectl(engine, 'rollout status deploy/triage');
  return engine;
}

const replicas = async (engine: ClusterEngine): Promise<string> =>
  (await kubectl(engine, 'get deploy triage --no-headers')).split(/\s+/)[1] ?? '';

test('an autoscaler scales a Deployment by what its pods expose, and says so', async () => {
  const engine = await open('queue_length');
  await engine.fetch(new Request('http://triage/set?value=5'));
  await until(async () => (await replicas(engine)) === '3/3', 'three pods');
  expect(await kubectl(engine, 'get hpa')).toMatch(
    /NAME +REFERENCE +TARGETS +MINPODS +MAXPODS +REPLICAS +AGE/,
  );
  const row = /triage +Deployment\/triage +5\/2 \(avg\) +1 +3 +3 /;
  await until(async () => row.test(await kubectl(engine, 'get hpa')), 'the next look');
  const text = await kubectl(engine, 'describe hpa triage');
  expect(text).toContain('"queue_length" on pods:  5 / 2 (avg)');
  expect(text).toMatch(/ScalingLimited +True +TooManyReplicas/);
  expect(text).toContain('New size: 3; reason: pods metric queue_length above target');
  await engine.fetch(new Request('http://triage/set?value=0.5'));
  await until(async () => (await replicas(engine)) === '1/1', 'one pod again');
});

test('a metric that no pod exposes is unknown, and nothing is scaled', async () => {
  const engine = await open('absent_metric');
  await until(
    async () => (await kubectl(engine, 'get hpa triage')).includes('<unknown>/2'),
    'the first look',
  );
  await until(
    async () => (await kubectl(engine, 'describe hpa')).includes('FailedGetMetrics'),
    'a condition',
  );
  expect(await kubectl(engine, 'describe hpa')).toContain(
    'unable to get metric absent_metric: no ready pod exposes it',
  );
  expect(await replicas(engine)).toBe('1/1');
  expect(await kubectl(engine, 'delete hpa triage')).toContain('"triage" deleted');
});
