import { createLog } from '#platform/log.ts';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { keepDatabase, type KeptDatabase } from '../database/keep.ts';
import { makeDataFolder } from '../database/testing/data-folder.ts';
import { parseEnv } from '../env.ts';
import { createMayInspect } from './may-inspect.ts';
import { createMetrics } from './metrics.ts';
import { observeRequest } from './observe.ts';
import { createProbes } from './probes.ts';

let close = async () => {};
afterEach(() => close());

test('without a database the server is ready', async () => {
  const site = await serve(null);
  expect(await get(`${site}/readyz`)).toEqual([200, '{"ready":true,"database":"off"}']);
});

test('a database that does not answer makes it not ready, with the reason and without the password', async () => {
  // Port 1 answers nobody.
  const env = parseEnv({ DATABASE_URL: 'postgres://day2:hunter2@127.0.0.1:1/day2' });
  const database = keepDatabase(env, createLog('silent'));
  await database.firstTry;
  const site = await serve(database);
  const [status, text] = await get(`${site}/readyz`);
  expect(status).toBe(503);
  expect(JSON.parse(text)).toMatchObject({ ready: false });
  expect(text).toContain('ECONNREFUSED');
  expect(text).toContain('day2@127.0.0.1:1/day2');
  expect(text).not.toContain('hunter2');
});

test('metrics count requests by class and status, and show the pool', async () => {
  await using data = await makeDataFolder();
  const database = keepDatabase(parseEnv({ DAY2_DATA: data.path }), createLog('silent'));
  expect(await database.firstTry).toBeNull();
  const site = await serve(database);
  expect(await get(`${site}/readyz`)).toEqual([200, '{"ready":true,"database":"on"}']);
  await get(`${site}/page/`);
  const [, text] = await get(`${site}/metrics`);
  expect(text).toContain('day2_http_requests_total{class="page",status="404"} 1');
  expect(text).toContain('day2_http_requests_total{class="probe",status="200"} 1');
  expect(text).toContain('day2_database_up 1');
  expect(text).toContain('day2_database_connections{state="idle"} 1');
  // Before the folder goes.
  await close();
});

test.each([
  ['an address of the site is set', { DAY2_URL: 'https://day2.example' }, {}],
  ['a proxy is in front', { DAY2_PROXY_HOPS: '1' }, {}],
  ['the request was passed on', {}, { 'X-Forwarded-For': '203.0.113.7' }],
  [
    'the token is wrong',
    { DAY2_METRICS_TOKEN: 'a token of 16 signs' },
    { Authorization: 'Bearer b' },
  ],
])('metrics and reasons are kept back where %s', async (_case, env, headers) => {
  const database = keepDatabase(
    parseEnv({ DATABASE_URL: 'postgres://day2:hunter2@127.0.0.1:1/day2' }),
    createLog('silent'),
  );
  await database.firstTry;
  const site = await serve(database, env);
  const [status, text] = await get(`${site}/metrics`, headers);
  expect(status).toBe(403);
  expect(text).not.toContain('day2_http_requests_total');
  expect(await get(`${site}/readyz`, headers)).toEqual([503, '{"ready":false}']);
});

test('the token opens metrics from anywhere', async () => {
  const token = 'a token of 16 signs';
  const site = await serve(null, { DAY2_METRICS_TOKEN: token, DAY2_URL: 'https://day2.example' });
  const headers = { Authorization: `Bearer ${token}`, 'X-Forwarded-For': '203.0.113.7' };
  const [status, text] = await get(`${site}/metrics`, headers);
  expect(status).toBe(200);
  expect(text).toContain('process_cpu_seconds_total');
});

test("a request keeps its proxy's id, and gets one of its own where that could forge a log line", async () => {
  const site = await serve(null);
  const idFor = async (id: string) =>
    (await fetch(`${site}/readyz`, { headers: { 'X-Request-Id': id } })).headers.get(
      'X-Request-Id',
    );
  expect(await idFor('proxy-0123456789')).toBe('proxy-0123456789');
  expect(await idFor('a"b{}')).toMatch(/^[0-9a-f-]{36}$/);
});

async function serve(
  database: KeptDatabase | null,
  env: Readonly<Record<string, string>> = {},
): Promise<string> {
  const metrics = createMetrics(database);
  const probes = createProbes(database, metrics, createMayInspect(parseEnv(env)));
  const server = createServer((request, response) => {
    const pathname = request.url ?? '/';
    observeRequest(request, response, pathname, { log: createLog('silent'), metrics });
    if (probes.answer(pathname, request, response)) return;
    response.statusCode = 404;
    response.end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  let isClosed = false;
  close = async () => {
    if (isClosed) return;
    isClosed = true;
    server.closeAllConnections();
    server.close();
    await database?.close();
  };
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function get(
  url: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<[number, string]> {
  const response = await fetch(url, { headers });
  return [response.status, await response.text()];
}
