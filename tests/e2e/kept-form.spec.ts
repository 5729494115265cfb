import { expect, test, type Page, type Response } from '@playwright/test';
import { openAccountSite, type AccountSite } from '../support/account-site.ts';
import { invite, join, openPage, password, setUp, signIn } from '../support/account-steps.ts';
import { expectNoFault } from '../support/expect-no-fault.ts';

/** Forms that were not taken: one site, whose database ends and comes again. */
test.describe.configure({ mode: 'serial' });

let site: AccountSite;
let admin: Page;

test.beforeAll(async ({ browser }) => {
  site = await openAccountSite();
  admin = await openPage(browser, site);
  await setUp(admin, site.setUpCode);
  await invite(admin, 'bea@example.org');
  await join(await openPage(browser, site), await site.findLink('bea@example.org'), 'Bea Okoro');
});

test.afterAll(async () => {
  await site?.close();
});

/** Sends a form with its button. */
async function send(page: Page, button: string): Promise<Response> {
  const answering = page.waitForResponse((response) => {
    const request = response.request();
    return request.isNavigationRequest() && request.method() === 'POST';
  });
  await page.getByRole('button', { name: button }).click();
  return answering;
}

test('what was typed while the database is down is kept on the page that says so, and sent again', async () => {
  await admin.goto('/organisation/');
  const rows = 'dora@example.org, learner\neve@example.org';
  await admin.getByLabel('One person a line').fill(rows);
  const start = await site.holdDatabaseDown();
  try {
    const answer = await send(admin, 'Invite all');
    expect(answer.status()).toBe(503);
    await expect(admin.getByText('What you had typed is kept on this page')).toBeVisible();
    await expect(admin.locator('input[name="rows"]')).toHaveValue(/^dora.*learner\r?\neve.*org$/);
    await expectNoFault(admin);
    expect((await send(admin, 'Send again')).status()).toBe(503);
  } finally {
    await start();
  }
  await expect
    .poll(async () => (await admin.request.get('/api/session/')).status(), { timeout: 20_000 })
    .toBe(200);
  await admin.getByRole('button', { name: 'Send again' }).click();
  await expect(admin.getByRole('status')).toHaveText('2 invitations are made.');
  await expect(admin.getByLabel('Link for eve@example.org')).toBeVisible();
});

test('what was typed after the session has ended is kept, and sent again after signing in beside it', async ({
  browser,
}) => {
  const page = await signIn(browser, site, 'bea@example.org');
  const name = 'Bea "<i>" Okoro';
  await page.getByLabel('Your name').fill(name);
  await page.context().clearCookies();
  expect((await send(page, 'Change the name')).status()).toBe(401);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('You are signed out');
  await expectNoFault(page);

  const opening = page.context().waitForEvent('page');
  await page.getByRole('link', { name: 'Sign in (opens in a new tab)' }).click();
  const beside = await opening;
  await beside.getByLabel('E-mail address').fill('bea@example.org');
  await beside.getByLabel('Password').fill(password);
  await beside.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(beside).toHaveURL('/account/');

  await page.getByRole('button', { name: 'Send again' }).click();
  await expect(page.getByRole('status')).toHaveText('Your name is changed.');
  await expect(page.getByLabel('Your name')).toHaveValue(name);
});
