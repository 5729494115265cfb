import { expect, test } from 'vitest';
import { parseExposition } from '#metrics/parse-exposition.ts';
import { formatSeries } from '#metrics/labels.ts';
import { exposeMetrics } from './expose-metrics.ts';

const ask = (handler: ReturnType<typeof exposeMetrics>, path: string) =>
  handler(new Request(`http://pod${path}`));

async function scrape(handler: ReturnType<typeof exposeMetrics>): Promise<Record<string, number>> {
  const parsed = parseExposition(await (await ask(handler, '/metrics')).text());
  if (!parsed.ok) throw new Error(parsed.message);
  return Object.fromEntries(
    parsed.samples.map(({ labels, value }) => [formatSeries(labels), value]),
  );
}

test('a handler without a page at /metrics gets one that counts its requests', async () => {
  const handler = exposeMetrics((request) =>
    request.url.endsWith('/ok') ? new Response('yes') : new Response('no', { status: 404 }),
  );
  await ask(handler, '/ok');
  await ask(handler, '/ok');
  await ask(handler, '/gone');
  expect(await scrape(handler)).toMatchObject({
    'http_requests_total{code="200", method="GET", path="/ok"}': 2,
    'http_requests_total{code="404", method="GET", path="/gone"}': 1,
    'http_request_duration_seconds_count{method="GET", path="/ok"}': 2,
    http_requests_in_flight: 0,
  });
});

test('a handler that exposes metrics keeps them, with the counts under them', async () => {
  const handler = exposeMetrics(
    () =>
      new Response('queue_length 7', { headers: { 'content-type': 'text/plain; version=0.0.4' } }),
  );
  expect(await scrape(handler)).toMatchObject({ queue_length: 7, http_requests_in_flight: 0 });
});

test('a handler that answers something else at /metrics is left alone', async () => {
  const handler = exposeMetrics(() => new Response('one'));
  expect(await (await ask(handler, '/metrics')).text()).toBe('one');
});

test('a request that throws counts as 500, and the error goes on', async () => {
  const handler = exposeMetrics((request) => {
    if (new URL(request.url).pathname === '/metrics') return new Response('', { status: 404 });
    throw new Error('out of memory');
  });
  await expect(ask(handler, '/boom')).rejects.toThrow('out of memory');
  expect(await scrape(handler)).toMatchObject({
    'http_requests_total{code="500", method="GET", path="/boom"}': 1,
  });
});

test('paths that never repeat do not make a series each', async () => {
  const handler = exposeMetrics(() => new Response('no', { status: 404 }));
  for (let id = 0; id < 200; id += 1) await ask(handler, `/items/${id}`);
  const paths = Object.keys(await scrape(handler)).filter((name) =>
    name.startsWith('http_requests_total'),
  );
  expect(paths.length).toBeLessThan(30);
});
