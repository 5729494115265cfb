import { expect, test } from 'vitest';
import { parseExposition } from '#metrics/parse-exposition.ts';
import { app, askUntil, deploy, kubectl, openTestEngine } from '../testing/test-engine.ts';

const CODE = `export default { fetch: (request) => new URL(request.url).pathname === '/metrics'
  ? new Response('queue_length 4\\n', { headers: { 'content-type': 'text/plain; version=0.0.4' } })
  : new Response('one') };`;

test('a scrape reads every running pod, and what the platform knows', async () => {
  const engine = await openTestEngine();
  await deploy(engine, { 'app.yaml': app({ replicas: 2 }) }, { triage: CODE });
  await kubectl(engine, 'rollout status deploy/triage');
  await engine.scrape();
  for (let request = 0; request < 4; request += 1)
    await askUntil(engine, 'http://triage/', (status) => status === 200);
  const targets = await engine.scrape();
  const read = targets.map(({ job, text, failure }) => {
    const parsed = parseExposition(text ?? '');
    if (!parsed.ok) throw new Error(parsed.message);
    return { job, failure, samples: parsed.samples };
  });
  expect(read.map(({ job, failure }) => [job, failure])).toEqual([
    ['gateway', null],
    ['kube-state', null],
    ['pods', null],
    ['pods', null],
  ]);
  const sum = (name: string) =>
    read
      .flatMap(({ samples }) => samples)
      .filter(({ labels }) => labels['__name__'] === name)
      .reduce((total, { value }) => total + value, 0);
  expect(sum('queue_length')).toBe(8);
  expect(sum('gateway_requests_total')).toBeGreaterThanOrEqual(4);
  expect(sum('kube_pod_status_ready')).toBe(2);
  expect(sum('kube_deployment_spec_replicas')).toBe(2);
});

test('a scrape is no traffic of the Service, and a pod that does not answer is told apart', async () => {
  const engine = await openTestEngine();
  const silent = `export default { fetch: (request) => new URL(request.url).pathname === '/metrics'
    ? new Response('', { status: 500 }) : new Response('one') };`;
  await deploy(engine, { 'app.yaml': app() }, { triage: silent });
  await kubectl(engine, 'rollout status deploy/triage');
  const [, , pod] = await engine.scrape();
  expect(pod).toMatchObject({ job: 'pods', text: null, failure: 'HTTP 500' });
  const seen: number[] = [];
  engine.watch((view) => seen.push(view.pods[0]?.requests.total ?? 0))();
  expect(seen).toEqual([0]);
});
