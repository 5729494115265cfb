import { expect, test } from 'vitest';
import type { ClusterView } from '../lab-cluster.ts';
import {
  app,
  askUntil,
  deploy,
  kubectl,
  openTestEngine,
  pause,
  READINESS,
  recordRequests,
  until,
} from '../testing/test-engine.ts';

const HELLO = `export default { fetch: () => new Response('one') };`;

test('two replicas with a readiness probe answer through the Service once they are ready', async () => {
  const engine = await openTestEngine();
  const slow = `await new Promise((done) => setTimeout(done, 400));\n${HELLO}`;
  const result = await deploy(
    engine,
    { 'app.yaml': app({ replicas: 2, container: READINESS }) },
    { triage: slow },
  );
  expect(result).toEqual({
    ok: true,
    applied: ['deployment.apps/triage created', 'service/triage created'],
  });
  const { body } = await askUntil(engine, 'http://triage/', (status) => status === 200);
  expect(body).toBe('one');
});

test('no request reaches a pod before its readiness probe has passed', async () => {
  const engine = await openTestEngine();
  const code = `
    const readyAt = performance.now() + 1200;
    export default {
      fetch(request) {
        const isReady = performance.now() >= readyAt;
        if (new URL(request.url).pathname === '/ready') return new Response('', { status: isReady ? 200 : 503 });
        return new Response(String(isReady));
      },
    };`;
  await deploy(engine, { 'app.yaml': app({ container: READINESS }) }, { triage: code });
  const answers = new Set<string>();
  await askUntil(engine, 'http://triage/', (status, body) => {
    answers.add(status === 200 ? body : String(status));
    return status === 200;
  });
  expect([...answers]).toEqual(['503', 'true']);
});

test('a container that keeps failing goes into CrashLoopBackOff and leaves its last words', async () => {
  const engine = await openTestEngine();
  await deploy(engine, { 'app.yaml': app() }, { triage: `throw new Error('no model here');` });
  await until(
    async () => (await kubectl(engine, 'get pods')).includes('CrashLoopBackOff'),
    'CrashLoopBackOff',
  );
  expect(await kubectl(engine, 'logs deploy/triage --tail=1')).toBe('no model here\n');
});

test('a killed container shows its reason, restarts and serves again', async () => {
  const engine = await openTestEngine();
  const code = `export default { fetch: (request) => {
    if (request.url.endsWith('/bomb')) {
      container.exit(137, 'OOMKilled');
      return new Promise(() => {});
    }
    return new Response('ok');
  } };`;
  await deploy(engine, { 'app.yaml': app() }, { triage: code });
  await askUntil(engine, 'http://triage/', (status) => status === 200);
  const broken = await engine.fetch(new Request('http://triage/bomb'));
  expect(broken.status).toBe(502);
  expect(await broken.text()).toContain('broke off before it answered');
  await until(
    async () => (await kubectl(engine, 'describe pods')).includes('Last State:'),
    'a restart',
  );
  const described = await kubectl(engine, 'describe pods');
  expect(described).toContain('Reason:       OOMKilled');
  expect(described).toContain('Exit Code:    137');
  await askUntil(engine, 'http://triage/', (status) => status === 200);
});

test('a deleted pod gets no new request and finishes those that it has', async () => {
  const engine = await openTestEngine();
  const code = `export default { async fetch(request) {
    if (request.url.endsWith('/slow')) await new Promise((done) => setTimeout(done, 1000));
    return new Response('done');
  } };`;
  await deploy(
    engine,
    { 'app.yaml': app({ replicas: 2, container: READINESS }) },
    { triage: code },
  );
  await kubectl(engine, 'rollout status deploy/triage');
  const slow = [0, 1].map(() => engine.fetch(new Request('http://triage/slow')));
  await pause(20);
  const records = recordRequests(engine);
  const [pod = ''] = (await kubectl(engine, 'get pods -o name')).trim().split('\n');
  const name = pod.replace('pod/', '');
  const deleting = kubectl(engine, `delete pod ${name}`);
  await pause(20);
  for (let request = 0; request < 20; request++) {
    const answer = await engine.fetch(new Request('http://triage/'));
    expect(answer.headers.get('x-served-by')).not.toBe(name);
    await answer.text();
  }
  for (const response of slow) expect(await (await response).text()).toBe('done');
  await deleting;
  await pause(150);
  expect(records.filter(({ failure }) => failure !== null)).toEqual([]);
});

test('a request that outlasts the grace period is cut off', async () => {
  const engine = await openTestEngine();
  const code = `export default { fetch: () => new Promise(() => {}) };`;
  await deploy(
    engine,
    { 'app.yaml': app({ pod: 'terminationGracePeriodSeconds: 2' }) },
    { triage: code },
  );
  await kubectl(engine, 'rollout status deploy/triage');
  await pause(50);
  const hanging = engine.fetch(new Request('http://triage/'));
  await pause(20);
  const started = performance.now();
  await kubectl(engine, 'delete pods --all');
  expect((await hanging).status).toBe(502);
  expect(performance.now() - started).toBeGreaterThan(1_900);
});

test('a liveness probe that fails restarts the container', async () => {
  const engine = await openTestEngine();
  const code = `let sick = false; export default { fetch: (request) => {
    if (request.url.endsWith('/sicken')) sick = true;
    return new Response(sick ? 'sick' : 'well', { status: sick ? 500 : 200 });
  } };`;
  const container =
    'livenessProbe: { httpGet: { path: /, port: http }, periodSeconds: 1, failureThreshold: 1 }';
  await deploy(engine, { 'app.yaml': app({ container }) }, { triage: code });
  await askUntil(engine, 'http://triage/', (status) => status === 200);
  await engine.fetch(new Request('http://triage/sicken'));
  await askUntil(engine, 'http://triage/', (_status, body) => body === 'well');
  await until(async () => /1 \(\d+s ago\)/.test(await kubectl(engine, 'get pods')), 'one restart');
});

test('the view shows pods, Services with their endpoints and events, at once and on change', async () => {
  const engine = await openTestEngine();
  const views: ClusterView[] = [];
  const stop = engine.watch((view) => views.push(view));
  expect(views[0]).toMatchObject({ nodes: ['node-1', 'node-2'], pods: [], services: [] });
  await deploy(engine, { 'app.yaml': app({ replicas: 2 }) }, { triage: HELLO });
  await askUntil(engine, 'http://triage/', (status) => status === 200);
  await until(
    () =>
      views.at(-1)?.pods.every(({ requests }) => requests.inFlight === 0) === true &&
      (views.at(-1)?.pods.reduce((sum, { requests }) => sum + requests.total, 0) ?? 0) > 0,
    'counted requests',
  );
  stop();
  const view = views.at(-1);
  expect(view?.pods.map(({ status, ready, node }) => [status, ready, node])).toEqual([
    ['Running', true, expect.stringMatching(/^node-[12]$/)],
    ['Running', true, expect.stringMatching(/^node-[12]$/)],
  ]);
  expect(view?.services[0]?.endpoints.map(({ ready }) => ready)).toEqual([true, true]);
  expect(view?.events.map(({ reason }) => reason)).toContain('ScalingReplicaSet');
});

test("a lab's settings files are never applied", async () => {
  const engine = await openTestEngine({ settings: ['loadtest.yaml'] });
  const files = { 'app.yaml': app(), 'loadtest.yaml': 'rate: 100\n' };
  expect(await deploy(engine, files, { triage: HELLO })).toMatchObject({ ok: true });
  expect(await kubectl(engine, 'apply -f .', files)).toContain('deployment.apps/triage');
  await expect(kubectl(engine, 'apply -f loadtest.yaml', files)).rejects.toThrow(
    'loadtest.yaml holds settings of this lab and is not a manifest',
  );
});
