import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { expect, test } from '@playwright/test';

test('a page is compressed, revalidated and may only frame the sandbox document', async ({
  request,
  baseURL,
}) => {
  const response = await request.get('/', { headers: { 'accept-encoding': 'br' } });
  const headers = response.headers();
  expect(headers['content-encoding']).toBe('br');
  expect(headers['cache-control']).toBe('no-cache');
  expect(headers['x-content-type-options']).toBe('nosniff');
  const policy = headers['content-security-policy'] ?? '';
  expect(policy).toContain(`frame-src ${new URL(baseURL ?? '').host}/sandbox/frame.html;`);
  expect(policy).toContain("script-src 'self' 'wasm-unsafe-eval';");
});

test('the sandbox document is served in an opaque origin without any connection', async ({
  request,
}) => {
  const response = await request.get('/sandbox/frame.html');
  const policy = response.headers()['content-security-policy'] ?? '';
  for (const part of ['sandbox allow-scripts', "default-src 'none'", "connect-src 'none'"]) {
    expect(policy).toContain(part);
  }
  expect(policy).not.toContain('allow-same-origin');
});

test('a hashed asset is immutable, gzip is served where brotli is not accepted', async ({
  page,
  request,
}) => {
  await page.goto('/');
  const href = await page.locator('link[rel=stylesheet][href*=Layout]').getAttribute('href');
  const response = await request.get(href ?? '', { headers: { 'accept-encoding': 'gzip' } });
  expect(response.headers()['cache-control']).toBe('public, max-age=31536000, immutable');
  expect(response.headers()['content-encoding']).toBe('gzip');
});

test('a Host header that is no host does not reach the policy', async ({ request }) => {
  const response = await request.get('/', {
    headers: { host: "evil.example; script-src 'unsafe-inline'" },
  });
  expect(response.headers()['content-security-policy'] ?? '').not.toContain('evil.example');
});

test('an unknown path answers 404 with a page', async ({ request }) => {
  const response = await request.get('/no/such/page/');
  expect(response.status()).toBe(404);
  expect(await response.text()).toContain('</html>');
});

test('health is answered on demand', async ({ request }) => {
  const response = await request.get('/healthz');
  expect(response.status()).toBe(200);
});

test('a server with an environment that it cannot use says which variable and its repair, and nothing else', async () => {
  const env = { ...process.env, DAY2_SMTP_URL: 'smtps://day2:hunter2@mail.example', DAY2_URL: '' };
  const server = spawn(process.execPath, ['src/platform/server/start.ts'], {
    env,
    timeout: 30_000,
  });
  const [stderr, [code]] = await Promise.all([text(server.stderr), once(server, 'close')]);
  expect(code).toBe(1);
  expect(stderr.trim().split('\n')).toEqual([
    'The environment is not usable:',
    expect.stringMatching(/^ {2}DAY2_URL=: .* Repair: give the address of the site/),
  ]);
});
