import { readFile } from 'node:fs/promises';
import { build } from 'esbuild';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { compileImage } from '../compiler/compile-image.ts';
import { podContract, runContract } from '../pod-contract.ts';
import runtime from '../runtime/node-main.ts?sandboxed-text';
import { bootFake, type FakeWebContainer } from '../fake-webcontainer.ts';
import { createWorkerPodHost, type WorkerPodHost } from '../worker-pod-host.ts';
import { serveNodeBroker } from './node-broker.ts';

const { signal } = new AbortController();

let container: FakeWebContainer;
let host: WorkerPodHost;
let stop: () => void;

beforeAll(async () => {
  container = await bootFake();
  const { port1, port2 } = new MessageChannel();
  stop = serveNodeBroker(container, port1);
  host = createWorkerPodHost({ broker: port2, runtime });
});

afterAll(() => {
  host.close();
  stop();
  container.teardown();
});

test.for(podContract)('$name', async (one) => {
  expect(await runContract(host, [one])).toEqual([
    { name: one.name, passed: true, found: JSON.stringify(one.expected) },
  ]);
});

test('the first lab serves its model from a Node process, as from a worker', async () => {
  const start = 'labs/l06-first-service/start/server.ts';
  const image = await compileImage(
    build,
    { 'server.ts': await readFile(start, 'utf8') },
    'server.ts',
  );
  if (!image.ok) throw new Error('It does not compile.');
  const running = await host.start(
    {
      name: 'triage',
      code: image.code,
      env: {},
      onLog() {},
      readAsset: (path) => readFile(path.replace('runtime/', 'node_modules/onnxruntime-web/dist/')),
      onFetch: () => Promise.reject(new Error('It calls nobody.')),
    },
    signal,
  );
  const fetch = (path: string, body?: string): Promise<Response> =>
    running.fetch(
      new Request(`http://triage${path}`, body ? { method: 'POST', body } : {}),
      signal,
    );
  await vi.waitFor(async () => expect((await fetch('/readyz')).status).toBe(200), 10_000);
  const answer = await fetch('/classify', '{"text":"x509: certificate has expired"}');
  expect(await answer.json()).toMatchObject({ label: 'access' });
});

test('what a process prints past the console is in its log, and its own exit ends the container', async () => {
  const lines: string[] = [];
  const running = await host.start(
    {
      name: 'worker',
      code: `export default { fetch() { process.stdout.write('raw\\n'); setTimeout(() => process.exit(7)); return new Response(); } };`,
      env: {},
      onLog: ({ text }) => void lines.push(text),
      readAsset: () => Promise.reject(new Error('no files')),
      onFetch: () => Promise.reject(new Error('no network')),
    },
    signal,
  );
  await running.fetch(new Request('http://worker/'), signal).catch(() => undefined);
  expect(await running.exited).toMatchObject({
    exitCode: 1,
    message: expect.stringContaining('7'),
  });
  expect(lines).toEqual(['raw']);
});

test('closing the host leaves no process', async () => {
  host.close();
  await vi.waitFor(() => expect(container.running).toBe(0));
});
