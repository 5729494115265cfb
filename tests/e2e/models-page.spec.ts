import { expect, test, type Page } from '@playwright/test';

const status = (page: Page) => page.locator('model-try').getByRole('status');

test('every model is listed with its page, and the page with its card, size and hash', async ({
  page,
}) => {
  await page.goto('/models/');
  await expect(page.getByRole('img', { name: 'Quality against size: triage' })).toBeVisible();
  await page.getByRole('link', { name: 'triage', exact: true }).first().click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('triage');
  await expect(page.locator('main')).toContainText(/SHA-256 of triage\.onnx\s*[0-9a-f]{64}/);
  await expect(page.getByRole('heading', { name: 'Known failures' })).toBeVisible();
});

test('nothing of a model is fetched before its form is sent', async ({ page }) => {
  const fetched: string[] = [];
  page.on('request', (request) => fetched.push(new URL(request.url()).pathname));
  await page.goto('/models/triage/');
  await page.waitForLoadState('networkidle');
  expect(fetched.filter((path) => /\.(onnx|wasm)$|worker/.test(path))).toEqual([]);
  await page.getByRole('button', { name: 'Classify' }).click();
  await expect(status(page)).toContainText('storage');
  expect(fetched.some((path) => path.endsWith('/models/triage/triage.onnx'))).toBe(true);
});

test('a text is classified by the chosen variant, with the share of every class', async ({
  page,
}) => {
  await page.goto('/models/triage/');
  await page.getByRole('combobox', { name: 'Variant' }).selectOption('int8');
  await page.getByLabel('A ticket or a log line').fill('x509: certificate has expired');
  await page.getByRole('button', { name: 'Classify' }).click();
  await expect(status(page)).toContainText('access');
  await expect(page.locator('.scores tbody tr')).toHaveCount(8);
  await expect(page.locator('.scores .best th')).toHaveText('access');
  await page.getByLabel('A ticket or a log line').fill('   ');
  await page.getByRole('button', { name: 'Classify' }).click();
  await expect(page.locator('model-try').getByRole('alert')).toHaveText(
    'The text is empty or only blanks. Send at least one word.',
  );
});

test('a language model writes into the page and says how fast', async ({ page }) => {
  await page.goto('/models/oncall-lm/');
  await page.getByRole('button', { name: 'Generate' }).click();
  await expect(status(page)).toContainText(/after \d+ tokens/);
  await expect(page.locator('.stream')).toContainText('## Check');
  const times = page.locator('.times');
  await expect(times).toContainText(/Time to first token\s*[\d.]+ ms/);
  await expect(times).toContainText(/Time per output token\s*[\d.]+ ms/);
});

test('an embedder finds the runbook that is meant, in other words than its own', async ({
  page,
}) => {
  await page.goto('/models/embed/');
  await page.getByLabel('What is wrong, in your words').fill('the disk of checkout is nearly full');
  await page.getByRole('button', { name: 'Search the runbooks' }).click();
  await expect(status(page)).toContainText('The nearest 5 of 300 runbooks');
  const first = page.locator('.neighbours summary').first();
  await expect(first).toContainText('storage alert');
  await first.click();
  await expect(page.locator('.neighbours pre').first()).toContainText('## Check');
});

test('a detector draws the error of two days over what was really wrong', async ({ page }) => {
  await page.goto('/models/anomaly/');
  await page.getByRole('button', { name: 'Score two days' }).click();
  await expect(page.getByRole('img', { name: /^Error of each window over time/ })).toBeVisible();
  expect(await page.locator('model-try svg .wrong').count()).toBeGreaterThan(0);
});

test('a model that arrives damaged is refused in words, and works once it arrives whole', async ({
  page,
}) => {
  await page.route('**/models/triage/triage.onnx', async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: (await response.body()).subarray(0, 1000) });
  });
  await page.goto('/models/triage/');
  await page.getByRole('button', { name: 'Classify' }).click();
  const alert = page.locator('model-try').getByRole('alert');
  await expect(alert).toContainText('it has 1000 bytes instead of');
  await page.unroute('**/models/triage/triage.onnx');
  await page.getByRole('button', { name: 'Classify' }).click();
  await expect(status(page)).toContainText('storage');
  await expect(alert).toBeHidden();
});

test('a slow load shows how far it has come', async ({ page }) => {
  let release = (): void => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  await page.route('**/models/oncall-lm/oncall-lm.onnx', async (route) => {
    await held;
    await route.continue();
  });
  await page.goto('/models/oncall-lm/');
  await page.getByRole('button', { name: 'Generate' }).click();
  await expect(page.getByRole('progressbar', { name: 'Loading the model' })).toBeVisible();
  await expect(status(page)).toContainText(/Reading|Starting/);
  release();
  await expect(status(page)).toContainText(/after \d+ tokens/);
  await expect(page.getByRole('progressbar')).toBeHidden();
});

test('without JavaScript the card can be read', async ({ browser }) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto('/models/triage/');
  await expect(page.getByRole('heading', { name: 'Intended use' })).toBeVisible();
  await expect(page.locator('model-try noscript .note')).toBeVisible();
  await context.close();
});
