import { expect, test } from 'vitest';
import type { ClusterView } from '../lab-cluster.ts';
import {
  app,
  askUntil,
  compiled,
  deploy,
  kubectl,
  openTestEngine,
  pause,
  READINESS,
  recordRequests,
  until,
} from '../testing/test-engine.ts';

const HELLO = `export default { fetch: () => new Response('one') };`;

test('two replicas with a readiness probe answer through the Service well under two seconds', async () => {
  const engine = await openTestEngine();
  const slow = `await new Promise((done) => setTimeout(done, 400));\n${HELLO}`;
  const started = performance.now();
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
  expect(performance.now() - started).toBeLessThan(1_800);
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

test('ready endpoints take turns and the answer says which pod gave it', async () => {
  const engine = await openTestEngine();
  await deploy(engine, { 'app.yaml': app({ replicas: 3 }) }, { triage: HELLO });
  await kubectl(engine, 'rollout status deploy/triage');
  const served: (string | null)[] = [];
  for (let request = 0; request < 6; request++) {
    served.push((await askUntil(engine, 'http://triage/', (status) => status === 200)).servedBy);
  }
  expect(new Set(served).size).toBe(3);
  expect(served.slice(0, 3)).toEqual(served.slice(3));
});

test('a container that keeps failing goes into CrashLoopBackOff within seconds', async () => {
  const engine = await openTestEngine();
  const started = performance.now();
  await deploy(engine, { 'app.yaml': app() }, { triage: `throw new Error('no model here');` });
  await until(
    async () => (await kubectl(engine, 'get pods')).includes('CrashLoopBackOff'),
    'CrashLoopBackOff',
  );
  expect(performance.now() - started).toBeLessThan(5_000);
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
  expect(performance.now() - started).toBeLessThan(3_000);
});

test('a Service whose selector matches nothing says so, and heals when it is mended', async () => {
  const engine = await openTestEngine();
  const result = await deploy(
    engine,
    { 'app.yaml': app({ selector: 'app: triag' }) },
    { triage: HELLO },
  );
  expect(result.ok && result.warnings?.map(({ field }) => field)).toEqual(['spec.selector']);
  await kubectl(engine, 'rollout status deploy/triage');
  const response = await engine.fetch(new Request('http://triage/'));
  expect(response.status).toBe(503);
  expect(await response.text()).toMatchInlineSnapshot(`
    "Service default/triage has no ready endpoints: no pod matches its selector app=triag. Compare with: kubectl get pods --show-labels
    "
  `);
  await deploy(engine, { 'app.yaml': app() }, { triage: HELLO });
  await askUntil(engine, 'http://triage/', (status) => status === 200);
});

test('a targetPort where nothing listens is refused by the pod', async () => {
  const engine = await openTestEngine();
  await deploy(engine, { 'app.yaml': app({ targetPort: '9000' }) }, { triage: HELLO });
  const { body } = await askUntil(engine, 'http://triage/', (status) => status === 502);
  expect(body).toContain('nothing listens on port 9000');
});

test('a named targetPort leads to the port of that name', async () => {
  const engine = await openTestEngine();
  await deploy(engine, { 'app.yaml': app({ targetPort: 'http' }) }, { triage: HELLO });
  expect(
    (
      await askUntil(
        engine,
        'http://triage.default.svc.cluster.local:80/',
        (status) => status === 200,
      )
    ).body,
  ).toBe('one');
});

test('an unknown name fails like DNS and an unknown port like a closed one', async () => {
  const engine = await openTestEngine();
  await deploy(engine, { 'app.yaml': app() }, { triage: HELLO });
  await expect(
    engine.fetch(new Request('http://tirage/')),
  ).rejects.toThrowErrorMatchingInlineSnapshot(
    `[ExchangeFailed: getaddrinfo ENOTFOUND tirage. Services in namespace default: triage.]`,
  );
  await askUntil(engine, 'http://triage/', (status) => status === 200);
  await expect(
    engine.fetch(new Request('http://triage:81/')),
  ).rejects.toThrowErrorMatchingInlineSnapshot(
    `[ExchangeFailed: connect ECONNREFUSED triage:81. Service triage offers port 80.]`,
  );
});

test('pods call each other by Service name, and the environment of the manifest reaches them', async () => {
  const engine = await openTestEngine();
  const gate = `export default { fetch: async (request, env) => new Response(env.GREETING + ' ' + await (await container.fetch(env.BACKEND)).text()) };`;
  const container =
    'env: [{ name: BACKEND, value: "http://triage/" }, { name: GREETING, value: hello }]';
  await deploy(
    engine,
    { 'a.yaml': app(), 'b.yaml': app({ name: 'gate', container }) },
    { triage: HELLO, gate },
  );
  expect(
    (
      await askUntil(
        engine,
        'http://gate/',
        (status, body) => status === 200 && body.endsWith('one'),
      )
    ).body,
  ).toBe('hello one');
});

test('a changed module rolls out without a changed manifest, and no request is lost', async () => {
  const engine = await openTestEngine();
  const files = { 'app.yaml': app({ replicas: 2, container: READINESS }) };
  await deploy(engine, files, { triage: HELLO });
  await askUntil(engine, 'http://triage/', (status) => status === 200);
  await kubectl(engine, 'rollout status deploy/triage');
  const again = await deploy(engine, files, { triage: HELLO });
  expect(again).toEqual({
    ok: true,
    applied: ['deployment.apps/triage unchanged', 'service/triage unchanged'],
  });

  const result = await deploy(engine, files, { triage: HELLO.replace('one', 'two') });
  expect(result).toEqual({
    ok: true,
    applied: ['deployment.apps/triage configured', 'service/triage unchanged'],
  });
  const statuses = new Set<number>();
  await askUntil(engine, 'http://triage/', (status, body) => {
    statuses.add(status);
    return body === 'two';
  });
  await kubectl(engine, 'rollout status deploy/triage');
  expect([...statuses]).toEqual([200]);
  await kubectl(engine, 'rollout undo deploy/triage');
  await askUntil(engine, 'http://triage/', (_status, body) => body === 'one');
});

test('a new revision that never gets ready leaves the old pods serving', async () => {
  const engine = await openTestEngine();
  const files = { 'app.yaml': app({ replicas: 2, container: READINESS }) };
  await deploy(engine, files, { triage: HELLO });
  await askUntil(engine, 'http://triage/', (status) => status === 200);
  await kubectl(engine, 'rollout status deploy/triage');
  await deploy(engine, files, { triage: `throw new Error('broken');` });
  const end = performance.now() + 1500;
  while (performance.now() < end) {
    const response = await engine.fetch(new Request('http://triage/'));
    expect(`${response.status} ${await response.text()}`).toBe('200 one');
    await pause(20);
  }
});

test('files with an error change nothing', async () => {
  const engine = await openTestEngine();
  await deploy(engine, { 'app.yaml': app() }, { triage: HELLO });
  await askUntil(engine, 'http://triage/', (status) => status === 200);
  const typo = await deploy(
    engine,
    { 'app.yaml': app().replace('replicas', 'replicsa') },
    { triage: HELLO },
  );
  expect(typo.ok).toBe(false);
  const syntax = await engine.deploy(
    { 'app.yaml': app() },
    {
      triage: {
        ok: false,
        problems: [
          { file: 'server.ts', line: 1, message: 'Unexpected token.', repair: 'Close it.' },
        ],
      },
    },
  );
  expect(syntax.ok ? [] : syntax.problems.map(({ file }) => file)).toEqual(['server.ts']);
  expect((await askUntil(engine, 'http://triage/', (status) => status === 200)).body).toBe('one');
});

test('an image that the lab does not have ends in ImagePullBackOff', async () => {
  const engine = await openTestEngine();
  await deploy(engine, { 'app.yaml': app({ image: 'tirage' }) }, { triage: HELLO });
  await until(
    async () => /ErrImagePull|ImagePullBackOff/.test(await kubectl(engine, 'get pods')),
    'ImagePullBackOff',
  );
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

test('a streamed answer arrives in pieces, and a client that goes away reaches the handler', async () => {
  const engine = await openTestEngine();
  const code = `globalThis.__gone = false; export default { fetch: (request) => {
    request.signal.addEventListener('abort', () => container.log('gone'));
    return new Response(new ReadableStream({ async pull(c) {
      await new Promise((done) => setTimeout(done, 30));
      c.enqueue(new TextEncoder().encode('x'));
    } }));
  } };`;
  await deploy(engine, { 'app.yaml': app() }, { triage: code });
  await kubectl(engine, 'rollout status deploy/triage');
  await pause(50);
  const records = recordRequests(engine);
  const client = new AbortController();
  const response = await engine.fetch(new Request('http://triage/', { signal: client.signal }));
  const reader = response.body?.getReader();
  expect((await reader?.read())?.value).toEqual(new Uint8Array([120]));
  client.abort();
  await expect(reader?.read().then(() => reader.read())).rejects.toThrow('aborted');
  await until(() => records.length === 1, 'the record of the request');
  expect(records[0]).toMatchObject({ failure: 'cancelled', status: 200 });
});

test('a pod that does not answer in time is reported as a timeout', async () => {
  const engine = await openTestEngine({ requestTimeoutMs: 100 });
  await deploy(
    engine,
    { 'app.yaml': app() },
    { triage: `export default { fetch: () => new Promise(() => {}) };` },
  );
  const { body } = await askUntil(engine, 'http://triage/', (status) => status === 504);
  expect(body).toMatch(/^Pod triage-\S+ did not answer within 100 ms\.$/);
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

test('a restarted rollout replaces every pod', async () => {
  const engine = await openTestEngine();
  await deploy(
    engine,
    { 'app.yaml': app({ replicas: 2, container: READINESS }) },
    { triage: HELLO },
  );
  await kubectl(engine, 'rollout status deploy/triage');
  const before = (await kubectl(engine, 'get pods -o name')).split('\n');
  expect(await kubectl(engine, 'rollout restart deploy/triage')).toBe(
    'deployment.apps/triage restarted\n',
  );
  await kubectl(engine, 'rollout status deploy/triage');
  await until(
    async () =>
      (await kubectl(engine, 'get pods -o name'))
        .split('\n')
        .every((pod) => pod === '' || !before.includes(pod)),
    'new pods',
  );
});

test('kubectl apply builds the images and applies the files that it names', async () => {
  const engine = await openTestEngine();
  const result = await engine.kubectl(
    ['apply', '-f', '.'],
    { 'app.yaml': app(), 'server.ts': '' },
    '',
    compiled({ triage: HELLO }),
  );
  expect(result).toEqual({
    stdout: 'deployment.apps/triage created\nservice/triage created\n',
    stderr: '',
    exitCode: 0,
  });
  await askUntil(engine, 'http://triage/', (status) => status === 200);
});
