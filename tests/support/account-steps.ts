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
  await page.goto('/setup/');
  await page.getByLabel('Set-up code').fill(code);
  await page.getByLabel('Name of your organisation').fill('Northwind');
  await page.getByLabel('Your name').fill('Ada Lund');
  await page.getByLabel('Your e-mail address').fill('Ada@Example.org');
  await page.getByLabel('A password').fill(password);
  await page.getByRole('button', { name: 'Set the site up' }).click();
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
