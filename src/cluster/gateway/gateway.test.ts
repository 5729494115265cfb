import { expect, test } from 'vitest';
import {
  app,
  askUntil,
  deploy,
  kubectl,
  openTestEngine,
  pause,
  recordRequests,
  until,
} from '../testing/test-engine.ts';

const HELLO = `export default { fetch: () => new Response('one') };`;

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
