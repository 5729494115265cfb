import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { expect, test, type Page } from '@playwright/test';
import { openAccountSite, type AccountSite } from '../support/account-site.ts';
import { invite, join, openPage, setUp } from '../support/account-steps.ts';
import { prepareIdentityProvider, type IdentityProvider } from '../support/identity-provider.ts';

/** One organisation and one provider for the whole file; the first test starts the provider. */
test.describe.configure({ mode: 'serial' });
// The provider must know where to send people back to before the proxy in front of two servers has a port.
test.skip(process.env['DAY2_TEST_NODES'] === '2');

let site: AccountSite;
let provider: IdentityProvider;
let admin: Page;

test.beforeAll(async ({ browser }) => {
  const port = await findFreePort();
  provider = prepareIdentityProvider(`http://localhost:${port}`, await findFreePort());
  site = await openAccountSite({ ...provider.env, PORT: String(port) });
  admin = await openPage(browser, site);
  await setUp(admin, site.setUpCode);
  await invite(admin, 'bea@example.org', { role: 'author' });
});

test.afterAll(async () => {
  await site?.close();
  await provider?.close();
});

async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

test('a provider that does not answer costs nothing but itself, until it does', async ({
  browser,
}) => {
  const page = await openPage(browser, site);
  await page.goto('/sign-in/');
  await page.getByRole('link', { name: 'Sign in with Northwind ID' }).click();
  await expect(page.getByRole('alert')).toContainText('cannot be reached');
  await expect(page.getByLabel('Password')).toBeVisible();
  await provider.start();
});

/** Goes to the provider from the sign-in page and tells it who one is. */
async function goThrough(page: Page, email: string, next = '/labs/'): Promise<void> {
  await page.goto(`/sign-in/?next=${next}`);
  await page.getByRole('link', { name: 'Sign in with Northwind ID' }).click();
  await page.getByPlaceholder('Enter any login').fill(email);
  await page.getByPlaceholder('and password').fill('any');
  await page.getByRole('button', { name: 'Sign-in' }).click();
  await page.getByRole('button', { name: 'Continue' }).click();
}

test('somebody invited comes through the provider, with the role of the invitation', async ({
  browser,
}) => {
  const bea = await openPage(browser, site);
  await goThrough(bea, 'bea@example.org');
  await expect(bea).toHaveURL('/labs/');
  await bea.goto('/account/');
  await expect(bea.locator('#sessions')).toContainText('Signed in through the provider');
  await bea.goto('/organisation/');
  await expect(bea.getByText(/You are an author/)).toBeVisible();
});

test('somebody whom nobody invited becomes a learner', async ({ browser }) => {
  const carl = await openPage(browser, site);
  await goThrough(carl, 'carl@example.org', '/organisation/');
  await expect(carl.getByText(/You are a learner/)).toBeVisible();
});

test('an account that was there is signed in to, and no second one is made', async ({
  browser,
}) => {
  const ada = await openPage(browser, site);
  await goThrough(ada, 'ada@example.org', '/organisation/');
  await expect(ada.getByRole('rowheader', { name: /ada@example\.org/ })).toHaveCount(1);
});

test('an address that the provider has not confirmed opens nobody’s account', async ({
  browser,
}) => {
  await invite(admin, 'eve@example.org');
  await join(await openPage(browser, site), await site.findLink('eve@example.org'), 'Eve Ito');
  provider.isConfirming = false;
  const mallory = await openPage(browser, site);
  await goThrough(mallory, 'eve@example.org');
  await expect(mallory.getByRole('alert')).toContainText('has not confirmed that the mailbox');
  await mallory.goto('/account/');
  await expect(mallory).toHaveURL(/\/sign-in\//);
  provider.isConfirming = true;
});

test('whoever turns back at the provider is told so', async ({ browser }) => {
  const page = await openPage(browser, site);
  await page.goto('/sign-in/');
  await page.getByRole('link', { name: 'Sign in with Northwind ID' }).click();
  await page.getByRole('link', { name: '[ Cancel ]' }).click();
  await expect(page.getByRole('alert')).toContainText('did not let you in');
});
