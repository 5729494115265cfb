import { expect, type Browser, type BrowserContextOptions, type Page } from '@playwright/test';
import type { AccountSite } from './account-site.ts';

/** Everybody's. */
export const password = 'four words are enough';

/** A page of a browser that nobody has used before. */
export async function openPage(
  browser: Browser,
  site: AccountSite,
  options: BrowserContextOptions = {},
): Promise<Page> {
  const context = await browser.newContext({ baseURL: site.url, ...options });
  return context.newPage();
}

/** Makes the organisation Northwind with the admin ada@example.org, who is signed in afterwards. */
export async function setUp(page: Page, code: string): Promise<void> {
  await sendSetUp(page, code);
  await expect(page.getByRole('status')).toContainText('The site is set up.');
}

/** Sends the form of the set-up with a code that may be wrong. */
export async function sendSetUp(page: Page, code: string): Promise<void> {
  await page.goto('/setup/');
  await page.getByLabel('Set-up code').fill(code);
  await page.getByLabel('Name of your organisation').fill('Northwind');
  await page.getByLabel('Your name').fill('Ada Lund');
  await page.getByLabel('Your e-mail address').fill('Ada@Example.org');
  await page.getByLabel('A password').fill(password);
  await page.getByRole('button', { name: 'Set the site up' }).click();
}

/** Makes a team of the admin's organisation. */
export async function makeTeam(admin: Page, name: string): Promise<void> {
  await admin.goto('/organisation/');
  await admin.getByLabel('Name of a new team').fill(name);
  await admin.getByRole('button', { name: 'Make the team' }).click();
  await expect(admin.getByRole('status')).toHaveText('The team is made.');
}

interface Place {
  readonly role?: 'learner' | 'manager' | 'author' | 'admin';
  /** Its name. */
  readonly team?: string;
}

/** Invites an address to the admin's organisation: where nothing else is said, as a learner without a team. */
export async function invite(
  admin: Page,
  email: string,
  { role, team }: Place = {},
): Promise<void> {
  await admin.goto('/organisation/#invite');
  await admin.getByLabel('E-mail address', { exact: true }).fill(email);
  if (role) await admin.getByLabel('Role', { exact: true }).last().selectOption(role);
  if (team) await admin.getByLabel('Team', { exact: true }).last().selectOption({ label: team });
  await admin.getByRole('button', { name: 'Invite', exact: true }).click();
  await expect(admin.getByRole('status')).toHaveText('The invitation is made.');
}

/** Accepts an invitation with a new account. */
export async function join(page: Page, link: string, name: string): Promise<void> {
  await page.goto(link);
  await page.getByLabel('Your name').fill(name);
  await page.getByLabel('A password').fill(password);
  await page.getByRole('button', { name: 'Join Northwind' }).click();
  await expect(page.getByRole('status')).toHaveText('You have joined.');
}

/** A page of somebody who has just signed in. */
export async function signIn(browser: Browser, site: AccountSite, email: string): Promise<Page> {
  const page = await openPage(browser, site);
  await page.goto('/sign-in/');
  await page.getByLabel('E-mail address').fill(email);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(page).toHaveURL('/account/');
  return page;
}

export async function signOut(page: Page): Promise<void> {
  await page.goto('/account/');
  await page.getByRole('button', { name: 'Sign out here' }).click();
  await expect(page.getByRole('status')).toHaveText('You are signed out.');
}

/** Waits until what is done in this browser is on the server too. */
export async function expectSynced(page: Page): Promise<void> {
  await expect(page.locator('account-menu .sync')).toContainText('Progress synced at', {
    timeout: 15_000,
  });
}
