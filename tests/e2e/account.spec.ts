import { expect, test, type Page } from '@playwright/test';
import { openAccountSite, type AccountSite } from '../support/account-site.ts';
import {
  invite,
  join,
  openPage,
  password,
  setUp,
  signIn,
  signOut,
} from '../support/account-steps.ts';
import { expectNoFault } from '../support/expect-no-fault.ts';

/** One person’s account for the whole file, which the last of its tests deletes. */
test.describe.configure({ mode: 'serial' });

let site: AccountSite;
let admin: Page;

test.beforeAll(async ({ browser }) => {
  site = await openAccountSite();
  admin = await openPage(browser, site);
  await setUp(admin, site.setUpCode);
  for (const email of ['bea@example.org', 'carl@example.org']) await invite(admin, email);
  const link = await admin.getByLabel('Link for bea@example.org').inputValue();
  await join(await openPage(browser, site), link, 'Bea Okoro');
});

test.afterAll(async () => {
  await site?.close();
});

test('a link signs in once, after a click, and a session that was revoked ends', async ({
  browser,
}) => {
  const here = await openPage(browser, site);
  await here.goto('/sign-in/?next=/glossary/');
  await here.getByLabel('E-mail address').fill('ada@example.org');
  await here.getByRole('button', { name: 'Send me a link instead' }).click();
  await expect(here.getByRole('status')).toContainText('If ada@example.org has an account');
  const link = await site.findLink('ada@example.org');
  // What reads mails opens links, more than once.
  await here.request.get(link);
  await here.goto(link);
  await here.getByRole('button', { name: 'Sign in' }).click();
  await expect(here).toHaveURL('/glossary/');
  expect((await here.goto(link))?.status()).toBe(410);
  await expect(here.getByText('This link was used already.')).toBeVisible();

  await admin.goto('/account/');
  const sessions = admin.locator('#sessions').getByRole('listitem');
  await expect(sessions).toHaveCount(2);
  await sessions
    .filter({ hasText: 'with a link by mail' })
    .getByRole('button', { name: /^Sign out/ })
    .click();
  await expect(admin.getByRole('status')).toHaveText('That browser is signed out.');
  await here.goto('/account/');
  await expect(here).toHaveURL(/\/sign-in\//);
});

test('a passkey is added, signs in, and no longer does once it is removed', async ({ browser }) => {
  const page = await signIn(browser, site, 'bea@example.org');
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('WebAuthn.enable');
  await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  await page.goto('/account/');
  await page.getByLabel('Name of a new passkey').fill('work laptop');
  await page.getByRole('button', { name: 'Add a passkey' }).click();
  await expect(page.getByRole('button', { name: 'Remove work laptop' })).toBeVisible();

  await signOut(page);
  await page.goto('/sign-in/?next=/labs/');
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
  await expect(page).toHaveURL('/labs/');

  await page.goto('/account/');
  await page.getByRole('button', { name: 'Remove work laptop' }).click();
  await signOut(page);
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
  await expect(page.locator('passkey-button')).toContainText('did not accept this passkey');
});

test('the menu of a static page says who is signed in, works by keyboard and moves nothing', async ({
  browser,
}) => {
  const page = await signIn(browser, site, 'bea@example.org');
  await page.setViewportSize({ width: 800, height: 700 });
  let answer: () => void = () => undefined;
  const asked = new Promise<void>((resolve) => (answer = resolve));
  await page.route(/\/api\/session/, async (route) => {
    await asked;
    await route.continue();
  });
  await page.goto('/glossary/');
  const places = () =>
    page
      .locator('.site-header a, .site-header button, h1')
      .evaluateAll((all) =>
        all
          .filter((one) => !one.closest('account-menu'))
          .map((one) => JSON.stringify(one.getBoundingClientRect())),
      );
  const before = await places();
  answer();
  const menu = page.locator('account-menu');
  await expect(menu).toContainText(/Signed in as\s*Bea Okoro/);
  expect(await places()).toEqual(before);

  await menu.locator('summary').focus();
  await page.keyboard.press('Enter');
  await expect(menu.getByRole('link', { name: 'Your account' })).toBeVisible();
  await page.keyboard.press('Tab');
  await expect(menu.getByRole('link', { name: 'Your account' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(menu.getByRole('link', { name: 'Your account' })).toBeHidden();
  await expect(menu.locator('summary')).toBeFocused();
});

test('every page of accounts is accessible in both schemes and does not scroll sideways', async ({
  browser,
}) => {
  test.setTimeout(240_000);
  await admin.goto('/organisation/');
  const invitation = await admin.getByLabel('Link for carl@example.org').inputValue();
  const bea = new URL(
    (await admin.getByRole('link', { name: 'Change Bea Okoro' }).getAttribute('href')) ?? '',
    site.url,
  );
  const guest = await openPage(browser, site);
  const visits: [Page, string][] = [
    [guest, '/sign-in/'],
    [guest, '/sign-in/link/?token=none'],
    [guest, '/setup/'],
    [guest, invitation],
    [guest, '/invitation/none/'],
    [admin, '/account/'],
    [admin, '/account/confirm/?token=none'],
    [admin, '/organisation/'],
    [admin, bea.href],
    [admin, invitation],
  ];
  for (const [page, path] of visits) {
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      for (const width of [1280, 375]) {
        await page.setViewportSize({ width, height: 800 });
        await page.goto(path);
        await expect(page.locator('account-menu > :not([hidden])')).toBeVisible();
        await expectNoFault(page, `${path}, ${colorScheme}, ${width}`);
        const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        expect(over, `${path}, ${width}`).toBeLessThanOrEqual(0);
      }
    }
  }
  await admin.setViewportSize({ width: 1280, height: 800 });
});

test('without a database, pages say so and the rest of the site stays as it is', async ({
  page,
}) => {
  const none = await page.goto('/account/');
  expect(none?.status()).toBe(404);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('This site has no accounts');
  await expect(page.getByRole('link', { name: 'Sign in' })).toHaveCount(0);

  const down = await openAccountSite({ DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' });
  try {
    const answer = await page.goto(`${down.url}/organisation/`);
    expect(answer?.status()).toBe(503);
    await expect(page.getByRole('heading', { level: 1 })).toContainText('unavailable');
    expect(await page.getByRole('link', { name: 'Try again' }).getAttribute('href')).toBe(
      '/organisation/',
    );
    expect((await page.goto(`${down.url}/glossary/`))?.status()).toBe(200);
  } finally {
    await down.close();
  }
});

test('somebody takes their data along and deletes their account', async ({ browser }) => {
  const page = await signIn(browser, site, 'bea@example.org');
  await page.goto('/account/');
  const saving = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Export my data' }).click();
  expect((await saving).suggestedFilename()).toBe('day-two-account.json');

  await page.getByText('Delete my account ...').click();
  const confirm = page.getByLabel('Write bea@example.org to confirm');
  await confirm.fill('someone@example.org');
  const section = page.locator('section', { has: confirm });
  await section.getByLabel('Your present password').fill(password);
  await section.getByRole('button', { name: 'Delete my account for good' }).click();
  await expect(confirm).toBeFocused();
  await expect(confirm).toHaveAccessibleDescription(/Write bea@example.org to confirm/);

  await confirm.fill('bea@example.org');
  await section.getByLabel('Your present password').fill(password);
  await section.getByRole('button', { name: 'Delete my account for good' }).click();
  await expect(page.getByRole('status')).toContainText('are deleted');
  await admin.goto('/organisation/');
  await expect(admin.getByText('bea@example.org')).toHaveCount(0);
});
