import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test, type APIRequestContext, type Page } from '@playwright/test';
import type { Attempt } from '../../src/submissions/attempt.ts';
import { readLabFolder } from '../../src/labs/read-lab-folder.ts';
import { passedAttempt } from '../../src/submissions/testing/passed-attempt.ts';
import { gradeApart } from '../../src/submissions/worker/grade-apart.ts';
import { openAccountSite, type AccountSite } from '../support/account-site.ts';
import { openPage, setUp } from '../support/account-steps.ts';
import { refusedForgeries } from '../support/forgeries.ts';
import { LabPage } from '../support/lab-page.ts';

/** A grade of the server's takes its time, and comes again later where the machine starved it. */
const VERIFIED_WITHIN = 180_000;
const lab = 'l06-first-service';
const never = new AbortController().signal;

test.describe.configure({ mode: 'serial' });

let site: AccountSite;
let ada: Page;
let account: string;

test.beforeAll(async ({ browser }) => {
  site = await openAccountSite();
  ada = await openPage(browser, site);
  await setUp(ada, site.setUpCode);
  const session = await ada.request.get('/api/session/');
  account = ((await session.json()) as { person: { id: string } }).person.id;
});

test.afterAll(async () => {
  await site?.close();
});

for (const forgery of refusedForgeries)
  test(`refused: ${forgery.what}`, async () => {
    const honest = passedAttempt(lab, (await readLabFolder(lab))!, {});
    // Not the page's own, whose cookie could not be left out.
    const cookies = await ada.context().cookies();
    const headers = {
      'Content-Type': 'application/json',
      'X-Day-Two-Account': account,
      Cookie: cookies.map(({ name, value }) => `${name}=${value}`).join('; '),
      Origin: site.url,
      ...forgery.headers,
    };
    const body = JSON.stringify(forgery.forge(honest));
    const response = await fetch(`${site.url}/api/submissions/`, { method: 'POST', headers, body });
    expect([response.status, await response.text()]).toEqual([
      forgery.status,
      expect.stringMatching(forgery.says ?? /./),
    ]);
    expect(await readNewest()).toBeNull();
  });

test('an engineer solves a lab and sees that the server verified it', async () => {
  test.setTimeout(VERIFIED_WITHIN + 120_000);
  const page = new LabPage(ada);
  await ada.goto(`/labs/${lab}/`);
  await page.start();
  await page.run(
    "sed -i 's/replicas: 1/replicas: 2/' deployment.yaml && sed -i 's/app: triage-model/app: triage/' service.yaml && printf '          readinessProbe:\\n            httpGet: {path: /readyz, port: http}\\n            periodSeconds: 1\\n' >> deployment.yaml && echo ok",
    /ok/,
  );
  await page.check();
  await expect(ada.getByRole('heading', { name: 'Passed', exact: true })).toBeVisible();
  const verification = ada.getByRole('region', { name: 'Verified by the server' });
  await expect(verification).toContainText(/sent|verified/i);
  await expect(verification.getByRole('heading')).toHaveText('Verified', {
    timeout: VERIFIED_WITHIN,
  });
  await verification.getByText('What the server and your browser measured').click();
  await expect(verification.locator('dl')).toContainText('Server');
});

test('a verdict that was edited on its way is not reproduced, and a replay changes nothing', async () => {
  test.setTimeout(VERIFIED_WITHIN + 30_000);
  const verified = await readNewest();
  const folder = (await readLabFolder(lab))!;
  const start = folder.start['service.yaml'] ?? '';
  const forged = passedAttempt(lab, folder, { 'service.yaml': start });

  const replay = { ...forged, verdict: { ...forged.verdict, id: verified!.verdictId } };
  expect((await send(ada.request, replay)).status()).toBe(422);
  expect((await readNewest())?.state).toBe('verified');

  expect((await send(ada.request, forged)).status()).toBe(200);
  expect((await send(ada.request, forged)).status()).toBe(200);
  await expect
    .poll(async () => (await readNewest())?.state, { timeout: VERIFIED_WITHIN })
    .toBe('not-reproduced');
  await ada.reload();
  await new LabPage(ada).start();
  await ada.getByRole('tab', { name: /Checks/ }).click();
  const verification = ada.getByRole('region', { name: 'Verified by the server' });
  await expect(verification.getByRole('heading')).toHaveText('Not reproduced');
  await expect(verification).toContainText('Bar');
  await expect(verification).toContainText('An earlier attempt of yours was verified');
});

test('answers that were learned by heart for one seed pass with it, and are not reproduced with another', async () => {
  test.setTimeout(VERIFIED_WITHIN + 120_000);
  const sizing = await readFile('tests/fixtures/forgeries/remembers-one-seed.yaml', 'utf8');
  const order = { lab: 'l01-will-it-fit', files: { 'sizing.yaml': sizing }, seed: 20261129 };
  // As the learner's browser does, with the seed that its verdict names.
  const own = await gradeApart({ ...order, limitMs: 60_000, dist: 'dist' }, never);
  if (own.kind !== 'graded') throw new Error(`Not graded: ${JSON.stringify(own)}`);
  expect(own.verdict).toMatchObject({ seed: order.seed, result: 'pass' });
  const sent = await send(ada.request, { verdict: own.verdict, files: order.files });
  expect(sent.status()).toBe(200);
  await expect
    .poll(async () => (await readNewest(order.lab))?.state, { timeout: VERIFIED_WITHIN })
    .toBe('not-reproduced');
});

test('a hostile file sees no sign of the grader, reaches nothing and forges nothing', async () => {
  test.setTimeout(120_000);
  const hits: string[] = [];
  const canary = createServer((request, response) => {
    hits.push(request.url ?? '');
    response.end('reached');
  }).listen(0, '127.0.0.1');
  await once(canary, 'listening');
  const address = `http://127.0.0.1:${(canary.address() as AddressInfo).port}`;
  const text = await readFile('tests/fixtures/forgeries/hostile-gate.ts', 'utf8');
  const files = { 'gate.ts': text.replaceAll('CANARY', address) };
  const order = { lab: 'l35-own-its-dependencies', files, seed: 11, limitMs: 60_000, dist: 'dist' };
  process.env['DAY2_AUTH_SECRET'] = 'x'.repeat(32);
  const answer = await gradeApart(order, never);
  delete process.env['DAY2_AUTH_SECRET'];
  canary.close();
  expect(answer).toMatchObject({
    kind: 'graded',
    verdict: { run: { status: 'completed' }, result: 'fail' },
  });
  expect(JSON.stringify(answer)).toContain(
    JSON.stringify('{"signs":[],"reached":[]}\u2400').slice(1, -1),
  );
  expect(hits).toEqual([]);
});

test('code that waits out the clock and code that takes all memory are stopped, and nothing of them is left', async () => {
  test.setTimeout(120_000);
  const gate = await readFile('tests/fixtures/forgeries/never-ready.ts', 'utf8');
  const order = {
    lab: 'l35-own-its-dependencies',
    files: { 'gate.ts': gate },
    seed: 1,
    dist: 'dist',
  };
  const late = await gradeApart({ ...order, limitMs: 1 }, never, {
    mostBytes: 2 ** 40,
    overheadMs: -10_000,
  });
  expect(late).toMatchObject({ kind: 'failed', reason: expect.stringContaining('in time') });
  const big = await gradeApart({ ...order, limitMs: 60_000 }, never, {
    mostBytes: 200 * 1024 ** 2,
    overheadMs: 0,
  });
  expect(big).toMatchObject({ kind: 'failed', reason: expect.stringContaining('memory') });
});

test('who sends more than sixty in ten minutes is asked to wait, whatever it is', async () => {
  const post = () =>
    ada.request.post('/api/submissions/', {
      data: 'no attempt',
      headers: { 'X-Day-Two-Account': account },
    });
  const answers = await Promise.all(Array.from({ length: 70 }, post));
  const taken = answers.filter((answer) => answer.status() !== 429);
  expect(taken.length).toBeLessThanOrEqual(60);
  const last = await post();
  expect([last.status(), Number(last.headers()['retry-after'])]).toEqual([429, expect.any(Number)]);
  expect(await last.text()).toContain('sent again by itself');
});

function send(request: APIRequestContext, attempt: Attempt) {
  return request.post('/api/submissions/', {
    data: attempt,
    headers: { 'X-Day-Two-Account': account },
  });
}

async function readNewest(of = lab): Promise<{ state: string; verdictId: string } | null> {
  const response = await ada.request.get(`/api/submissions/?lab=${of}`);
  return ((await response.json()) as { newest: { state: string; verdictId: string } | null })
    .newest;
}
