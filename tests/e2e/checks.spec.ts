import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test, type Locator, type Page } from '@playwright/test';
import { openAccountSite, type AccountSite } from '../support/account-site.ts';
import { expectSynced, openPage, password, setUp, signIn } from '../support/account-steps.ts';
import { openSiteProgress } from '../support/site-progress.ts';

const lesson = 'capacity/find-the-roof';
const address = `/courses/${lesson}/`;
const otherAddress = '/courses/capacity/cache-pays-rent/';
const thirdAddress = '/courses/serving-and-load/one-slow-node/';
const right = 'Weights in eight bits instead of sixteen';
const wrong = 'A batch of 64.';

/** The check of the lesson, with its options by their text. */
function checkOf(page: Page) {
  const check = page.locator('knowledge-check[data-counts]');
  return {
    check,
    status: check.getByRole('status'),
    choose: (text: string) => check.getByRole('radio', { name: text }).check(),
    press: () => check.getByRole('button', { name: 'Check answer' }).click(),
  };
}

async function passAt(page: Page, words: string): Promise<void> {
  const { status, choose, press } = checkOf(page);
  await choose(right);
  await press();
  await expect(status).toContainText(words);
}

const explained = (check: Locator) => check.locator('.check-why');

test('no file that a browser can fetch holds which answer of a check that counts is right, or why', async () => {
  const whys = await readCountedWhys();
  expect(whys.length).toBeGreaterThan(20);
  const files = (await readdir('dist/client', { recursive: true })).filter((file) =>
    /\.(html|js|json|css|xml|txt|ics|map)$/.test(file),
  );
  expect(files).toContain(`courses/${lesson}/index.html`);
  const leaks: string[] = [];
  for (const file of files) {
    const text = await readFile(path.join('dist/client', file), 'utf8');
    leaks.push(...whys.filter((why) => text.includes(why)).map((why) => `${file}: ${why}`));
  }
  expect(leaks).toEqual([]);
  const page = await readFile(`dist/client/courses/${lesson}/index.html`, 'utf8');
  const check = /<knowledge-check[^>]*data-counts[\s\S]*?<\/knowledge-check>/.exec(page)?.[0] ?? '';
  expect(check).toContain(wrong);
  expect(check).not.toMatch(/data-correct|data-answer|data-why|data-tolerance/);
});

test('without accounts it is graded and not kept; a wrong answer tells nothing of the right one and costs a pause', async ({
  page,
}) => {
  await page.clock.install();
  await page.goto(address);
  const { check, status, choose, press } = checkOf(page);
  await choose(wrong);
  await press();
  await expect(status).toContainText('Not right. The next try is in 30 seconds.');
  await expect(explained(check)).toHaveCount(1);
  await expect(check.locator('[data-verdict="right"]')).toHaveCount(0);
  await expect(check.getByRole('button', { name: 'Check answer' })).toBeDisabled();
  await page.clock.fastForward('00:31');
  await passAt(page, 'Right.');
  await expect(explained(check)).toHaveCount(3);
  await page.goto('/courses/capacity/');
  await expect(page.getByText('1 of 1 checks answered')).toBeVisible();
});

test('offline, and on a host that only hands out files, it says what it needs and keeps the answer', async ({
  page,
}) => {
  await page.goto(address);
  const { check, status, choose, press } = checkOf(page);
  await page.context().setOffline(true);
  await choose(right);
  await press();
  await expect(status).toContainText('the server is not reached. Your answer is kept');
  await page.context().setOffline(false);
  await page.reload();
  await expect(status).toContainText('Your answer from before is here.');
  await expect(check.getByRole('radio', { name: right })).toBeChecked();
  await page.route('**/api/checks/', (route) => route.fulfill({ status: 404, body: 'no' }));
  await press();
  await expect(status).toContainText('has no server that grades');
  await page.unroute('**/api/checks/');
  await press();
  await expect(status).toContainText('Right.');
});

test.describe('with accounts', () => {
  let site: AccountSite;

  test.beforeAll(async ({ browser }) => {
    site = await openAccountSite();
    const page = await openPage(browser, site);
    await setUp(page, site.setUpCode);
    await page.context().close();
  });

  test.afterAll(async () => {
    await site?.close();
  });

  test('it asks who answers, keeps the answer over the sign-in, and the server keeps each try', async ({
    browser,
  }) => {
    const page = await openPage(browser, site);
    await page.goto(address);
    const { status, choose, press } = checkOf(page);
    await choose(wrong);
    await press();
    await expect(status).toContainText('it counts for somebody');
    await status.getByRole('link', { name: 'Sign in' }).click();
    await page.getByLabel('E-mail address').fill('ada@example.org');
    await page.getByLabel('Password').fill(password);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await expect(page).toHaveURL(new RegExp(`${address}`));
    await expect(status).toContainText('Your answer from before is here.');
    await press();
    await expect(status).toContainText('That was try 1. The next try is in 30 seconds.');

    // Loading the page again does not end the pause: the server keeps it.
    await page.reload();
    await choose(right);
    await press();
    await expect(status).toContainText('The next try is in');
    const progress = await openSiteProgress(site);
    await progress.endPauses();
    await page.reload();
    await press();
    await expect(status).toContainText('Right, at try 2. It is recorded.');
    expect(await progress.gradedAnswers('ada@example.org')).toEqual([false, true]);
    await progress.close();
  });

  test('an answer that is given offline waits, is said to wait, and is graded without a press when there is a server', async ({
    browser,
  }) => {
    const page = await signIn(browser, site, 'ada@example.org');
    await page.goto(otherAddress);
    await expectSynced(page);
    await page.waitForLoadState('networkidle');
    const { check, status, press } = checkOf(page);
    await page.context().setOffline(true);
    await check.getByRole('radio').first().check();
    await press();
    await expect(status).toContainText('Waiting for the server: it is graded when you are online.');
    await expect(page.locator('account-menu .unsynced')).toHaveText('Not synced');
    await expect(page.locator('account-menu .sync')).toContainText('waits to be graded');
    await page.context().setOffline(false);
    await expect(status).toContainText(/Not right. That was try 1|Right, at try 1/);
    await expect(page.locator('account-menu .unsynced')).toHaveText('');

    // What another page sent is shown by the next one with the check.
    await page.goto(thirdAddress);
    await expectSynced(page);
    const third = checkOf(page);
    const progress = await openSiteProgress(site);
    const count = async () => (await progress.gradedAnswers('ada@example.org')).length;
    const before = await count();
    await page.route('**/api/checks/', (route) => route.abort());
    await third.check.getByRole('radio').first().check();
    await third.press();
    await expect(third.status).toContainText('Waiting for the server');
    await page.unroute('**/api/checks/');
    await page.goto('/progress/');
    await expect.poll(count).toBe(before + 1);
    await progress.close();
    await page.goto(thirdAddress);
    await expect(third.status).toContainText(/Not right. That was try 1|Right, at try 1/);
  });
});

/** A run of words of each explanation of a check that counts, long enough to be found again in any markup. */
async function readCountedWhys(): Promise<string[]> {
  const files = (await readdir('content', { recursive: true })).filter((file) =>
    file.endsWith('.mdx'),
  );
  const texts = await Promise.all(
    files.map((file) => readFile(path.join('content', file), 'utf8')),
  );
  const checks = texts.flatMap(
    (text) => text.match(/<Check [^>]*\bcounts\b[\s\S]*?<\/Check>/g) ?? [],
  );
  const whys = checks.flatMap((check) => [...check.matchAll(/ why="([^"]*)"/g)]);
  return whys.map(([, why = '']) => {
    const runs = why.match(/[A-Za-z0-9 ,]+/g) ?? [];
    return runs.toSorted((one, other) => other.length - one.length)[0]!.trim();
  });
}
