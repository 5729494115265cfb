import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { expect, test } from '@playwright/test';
import { LabPage } from '../support/lab-page.ts';

const LAB = '/labs/l06-first-service/';
const HEADLESS = 'https://stackblitz.com/headless';

/** The site as a host serves it who switched WebContainer on. */
let server: ChildProcess;
let site = '';

test.beforeAll(async () => {
  server = spawn(process.execPath, ['src/platform/server/start.ts'], {
    env: {
      ...process.env,
      PORT: '0',
      HOST: '127.0.0.1',
      DAY2_WEBCONTAINER: 'on',
      DAY2_DATABASE: 'off',
      DAY2_LOG: 'silent',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (!server.stdout) throw new Error('The server has no output to read.');
  for await (const line of createInterface(server.stdout)) {
    site = /ready at (\S+)/.exec(line)?.[1] ?? '';
    if (site) break;
  }
});

test.afterAll(() => {
  server.kill();
});

test('only pages of labs that name WebContainer are isolated and may frame its document', async ({
  request,
  baseURL,
}) => {
  const headers = async (url: string) => (await request.get(url)).headers();
  const lab = await headers(`${site}${LAB}`);
  expect(lab['cross-origin-embedder-policy']).toBe('require-corp');
  expect(lab['cross-origin-opener-policy']).toBe('same-origin');
  expect(lab['content-security-policy']).toContain(`/sandbox/frame.html ${HEADLESS};`);
  const frame = await headers(`${site}/sandbox/frame.html`);
  expect(frame['cross-origin-embedder-policy']).toBe('require-corp');
  expect(frame['content-security-policy']).not.toContain('stackblitz');
  for (const url of [`${site}/`, `${site}/labs/l31-first-bill/`, `${baseURL}${LAB}`]) {
    const plain = await headers(url);
    expect(plain['cross-origin-embedder-policy']).toBeUndefined();
    expect(plain['content-security-policy']).not.toContain('stackblitz');
  }
});

test('where it is off, the lab says so, asks nobody else, and works', async ({ page }) => {
  const elsewhere: string[] = [];
  page.on('request', (request) => {
    if (request.url().startsWith('https://')) elsewhere.push(request.url());
  });
  await page.goto(LAB);
  const lab = new LabPage(page);
  await lab.start();
  await expect(page.getByText('Embedded runtime (WebContainer is off here)')).toBeVisible();
  await lab.deploy();
  await expect(lab.cluster).toContainText('1/1 ready', { timeout: 30_000 });
  expect(elsewhere).toEqual([]);
});

const UNANSWERED = 'WebContainer did not answer within 7 s';

/** Milliseconds from now until the text is on the page. */
function untilTold(text: string): Promise<number> {
  const since = performance.now();
  return new Promise((resolve) => {
    const observer = new MutationObserver(() => {
      if (!document.body.textContent.includes(text)) return;
      observer.disconnect();
      resolve(performance.now() - since);
    });
    observer.observe(document.body, { subtree: true, childList: true, characterData: true });
  });
}

test('without network the learner is told within 8 s and goes on in the embedded runtime with their files', async ({
  page,
  context,
}) => {
  const asked: string[] = [];
  // As with no network: the request never gets an answer of any kind.
  await context.route(/^https:/, (route) => {
    asked.push(route.request().url());
  });
  await page.goto(`${site}${LAB}`);
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  const lab = new LabPage(page);
  await lab.start();
  const asking = page.getByText('Asking for a real Node from WebContainer');
  await expect(asking).toBeVisible();
  const telling = page.evaluate(untilTold, UNANSWERED);
  await lab.run(
    "sed -i 's/app: triage-model/app: triage/' service.yaml; grep app: service.yaml",
    /app: triage(?!-)/,
    30_000,
  );
  expect(await telling).toBeLessThan(8000);
  await expect(page.getByText(UNANSWERED)).toBeVisible();
  expect(asked.some((url) => url.startsWith(HEADLESS))).toBe(true);
  await expect(page.getByText('Embedded runtime', { exact: true })).toBeVisible();
  await lab.deploy();
  await expect(lab.cluster).toContainText('1/1 ready', { timeout: 30_000 });
  await lab.run('grep app: service.yaml', /app: triage(?!-)/);
});

test('pods in workers hold the contract of pod hosts', async ({ page }) => {
  await page.goto(`${site}/labs/hosts/`);
  await page.waitForSelector('html[data-ready]', { state: 'attached' });
  const results = await page.evaluate(() => window.hostsPage?.run('worker'));
  expect(results?.filter(({ passed }) => !passed)).toEqual([]);
  expect(results?.length).toBeGreaterThan(10);
});
