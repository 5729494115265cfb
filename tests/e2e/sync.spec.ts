import { expect, test, type Page } from '@playwright/test';
import { openAccountSite, type AccountSite } from '../support/account-site.ts';
import { openPage, setUp, signIn, signOut } from '../support/account-steps.ts';

const course = '/courses/production-is-different/';
const lesson = `${course}what-a-model-server-does/`;
const email = 'ada@example.org';

let site: AccountSite;

test.beforeAll(async ({ browser }) => {
  site = await openAccountSite();
  const page = await openPage(browser, site);
  await setUp(page, site.setUpCode);
  await expect(page.getByRole('status')).toContainText('The site is set up.');
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

test('a session that ended is said, and nothing is lost', async ({ browser }) => {
  const page = await signIn(browser, site, email);
  await page.goto(course);
  await expectSynced(page);
  const cookies = await page.context().cookies();
  await page.context().clearCookies();
  await page.goto(`${course}`);
  await page.context().addCookies(cookies);
  await page.goto(course);
  await expectSynced(page);
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

async function expectSynced(page: Page): Promise<void> {
  await expect(page.locator('account-menu .sync')).toContainText('Progress synced at', {
    timeout: 15_000,
  });
}
