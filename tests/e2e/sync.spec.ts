import { expect, test, type Page } from '@playwright/test';
import { openAccountSite, type AccountSite } from '../support/account-site.ts';
import {
  expectSynced,
  invite,
  join,
  openPage,
  setUp,
  signIn,
  signOut,
} from '../support/account-steps.ts';

const course = '/courses/production-is-different/';
const lesson = `${course}what-a-model-server-does/`;
const email = 'ada@example.org';

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

test('what was read offline waits in the browser, is said to wait, and reaches the other device', async ({
  browser,
}) => {
  const train = await signIn(browser, site, email);
  const desk = await signIn(browser, site, email);
  await train.goto(lesson);
  await expectSynced(train);
  await train.context().setOffline(true);
  await train.getByRole('button', { name: 'Mark as read' }).click();
  await expect(train.locator('account-menu .unsynced')).toHaveText('Not synced', {
    timeout: 15_000,
  });
  await openMenu(train);
  await expect(train.locator('account-menu .sync')).toContainText('The server is not reached.');

  await desk.goto(course);
  await expectSynced(desk);
  await expect(desk.locator('course-mark')).toHaveText('Not started');
  await train.context().setOffline(false);
  await expect(train.locator('account-menu .unsynced')).toHaveText('', { timeout: 15_000 });
  await desk.reload();
  await expect(desk.locator('course-mark')).toContainText('1 of');
});

test('progress from before the sign-in joins the account when asked, once, and not otherwise', async ({
  browser,
}) => {
  const page = await openPage(browser, site);
  const second = `${course}requests-are-not-equal/`;
  await page.goto(course);
  const lessons = await page
    .locator(`a[href^="${course}"]`)
    .evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''));
  const other = lessons.find((href) => href !== lesson && href !== course) ?? second;
  await page.goto(other);
  await page.getByRole('button', { name: 'Mark as read' }).click();
  await expect(page.getByRole('button', { name: 'Mark as not read' })).toBeVisible();

  await enter(page);
  const question = page.getByRole('complementary', { name: /before you signed in/ });
  await expect(question).toContainText('one entry');
  await question.getByRole('button', { name: 'Leave it here' }).click();
  await expect(question).toBeHidden();
  await page.goto(other);
  await expect(page.getByRole('button', { name: 'Mark as read' })).toBeVisible();

  await signOut(page);
  await page.goto(other);
  await expect(page.getByRole('button', { name: 'Mark as not read' })).toBeVisible();
  await enter(page);
  await question.getByRole('button', { name: 'Add it to my account' }).click();
  await page.goto(other);
  await expect(page.getByRole('button', { name: 'Mark as not read' })).toBeVisible();
  await expectSynced(page);

  const elsewhere = await signIn(browser, site, email);
  await elsewhere.goto(other);
  await expectSynced(elsewhere);
  await expect(elsewhere.getByRole('button', { name: 'Mark as not read' })).toBeVisible();
  await signOut(page);
  await page.goto(other);
  await expect(page.getByRole('button', { name: 'Mark as read' })).toBeVisible();
});

test('a session that was ended from elsewhere is said, and what is done until the next sign-in is not lost', async ({
  browser,
}) => {
  const third = '/courses/capacity/will-it-fit/';
  const page = await signIn(browser, site, email);
  await page.goto(third);
  await expectSynced(page);
  const elsewhere = await signIn(browser, site, email);
  await elsewhere.getByRole('button', { name: 'Sign out all other browsers' }).click();
  await expect(elsewhere.getByRole('status')).toHaveText('All other browsers are signed out.');

  await page.getByRole('button', { name: 'Mark as read' }).click();
  await expect(page.locator('account-menu .unsynced')).toHaveText('Not synced', {
    timeout: 15_000,
  });
  await openMenu(page);
  await expect(page.locator('account-menu .sync')).toContainText('Your session has ended.');
  await enter(page);
  await expectSynced(page);

  await elsewhere.goto(third);
  await expectSynced(elsewhere);
  await expect(elsewhere.getByRole('button', { name: 'Mark as not read' })).toBeVisible();
});

test('while PostgreSQL is down pages are read and what is done waits, and goes out when it is back', async ({
  browser,
}) => {
  const fourth = `${course}replicas-readiness-and-a-service/`;
  const page = await signIn(browser, site, email);
  await page.goto(fourth);
  await expectSynced(page);
  const start = await site.holdDatabaseDown();
  try {
    await page.getByRole('button', { name: 'Mark as read' }).click();
    await openMenu(page);
    await expect(page.locator('account-menu .sync')).toContainText(
      'database of the server is down',
      {
        timeout: 15_000,
      },
    );
    await page.clock.install();
    await page.goto(course);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await expect(page.locator('account-menu .unsynced')).toHaveText('Not synced', {
      timeout: 15_000,
    });
  } finally {
    await start();
  }
  await expect
    .poll(async () => (await page.request.get('/api/session/')).status(), { timeout: 20_000 })
    .toBe(200);
  await page.clock.fastForward('02:00');
  await expectSynced(page);
  const elsewhere = await signIn(browser, site, email);
  await elsewhere.goto(fourth);
  await expectSynced(elsewhere);
  await expect(elsewhere.getByRole('button', { name: 'Mark as not read' })).toBeVisible();
});

test('the progress of a deleted account leaves this browser, and is offered to nobody', async ({
  browser,
}) => {
  const admin = await signIn(browser, site, email);
  await invite(admin, 'bo@example.org');
  const page = await openPage(browser, site);
  await join(page, await site.findLink('bo@example.org'), 'Bo Nu');
  await page.goto(lesson);
  await page.getByRole('button', { name: 'Mark as read' }).click();
  await page.goto('/account/');
  await expectSynced(page);
  const text = await (await page.request.get('/account/export.json')).text();
  expect(text).toContain('what-a-model-server-does');
  await page.locator('summary', { hasText: 'Delete my account ...' }).click();
  const section = page.getByRole('region', { name: 'Delete your account' });
  await section.getByLabel('Write bo@example.org to confirm').fill('bo@example.org');
  await section.getByLabel('Your present password').fill('four words are enough');
  await page.getByRole('button', { name: 'Delete my account for good' }).click();
  await expect(page.getByRole('status')).toContainText('are deleted.');
  await expect
    .poll(() => page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name)))
    .not.toContainEqual(expect.stringContaining('day-two-of-'));

  await enter(page);
  await page.goto(course);
  await expectSynced(page);
  await expect(page.getByRole('complementary', { name: /before you signed in/ })).toBeHidden();
});

async function enter(page: Page): Promise<void> {
  await page.goto('/sign-in/');
  await page.getByLabel('E-mail address').fill(email);
  await page.getByLabel('Password').fill('four words are enough');
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(page).toHaveURL('/account/');
}

async function openMenu(page: Page): Promise<void> {
  await page.locator('account-menu summary').click();
}
