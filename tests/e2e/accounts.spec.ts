import { expect, test, type Page } from '@playwright/test';
import { openAccountSite, type AccountSite } from '../support/account-site.ts';
import {
  join,
  makeTeam,
  openPage,
  password,
  sendSetUp,
  signIn,
  signOut,
} from '../support/account-steps.ts';

/** One organisation for the whole file: the tests are steps of its life, in this order. */
test.describe.configure({ mode: 'serial' });

let site: AccountSite;
let admin: Page;

test.beforeAll(async ({ browser }) => {
  site = await openAccountSite();
  admin = await openPage(browser, site);
});

test.afterAll(async () => {
  await site?.close();
});

test('a wrong code sets nothing up and loses nothing that was typed; the right one closes the page', async () => {
  await admin.goto('/account/');
  await expect(admin).toHaveURL(/\/setup\/$/);
  await sendSetUp(admin, 'ABCD-EFGH-JKMN');
  const code = admin.getByLabel('Set-up code');

  await expect(code).toHaveAccessibleDescription(/This is not the code/);
  await expect(code).toHaveAttribute('aria-invalid', 'true');
  await expect(code).toBeFocused();
  await expect(admin.getByLabel('Name of your organisation')).toHaveValue('Northwind');
  await expect(admin.getByLabel('A password')).toHaveValue('');

  await code.fill(site.setUpCode.toLowerCase());
  await admin.getByLabel('A password').fill(password);
  await admin.getByRole('button', { name: 'Set the site up' }).click();
  await expect(admin.getByRole('status')).toHaveText('The site is set up. Invite people here.');
  await expect(admin.getByRole('heading', { level: 1 })).toHaveText('Northwind');

  const closed = await admin.goto('/setup/');
  expect(closed?.status()).toBe(410);
  await expect(admin.getByRole('textbox')).toHaveCount(0);
});

test('a table with bad rows invites nobody until it is told to take the good ones', async () => {
  await makeTeam(admin, 'Platform');
  const choose = admin.getByLabel('Or a CSV file');
  const wrong = { name: 'photo.csv', mimeType: 'text/csv', buffer: Buffer.alloc(2_000_000) };
  await choose.setInputFiles(wrong);
  await admin.getByLabel('One person a line').fill('dora@example.org');
  await admin.getByRole('button', { name: 'Invite all' }).click();
  await expect(choose).toHaveAccessibleDescription(/larger than 1 MB/);
  await expect(choose).toBeFocused();
  await expect(admin.getByLabel('One person a line')).toHaveValue('dora@example.org');
  const file = [
    'email;role;team',
    'bea@example.org;manager;Platform',
    'not-an-address;learner;',
    'carl@example.org;learner;platform',
    'dora@example.org;boss;',
  ].join('\r\n');
  await choose.setInputFiles({
    name: 'people.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(file),
  });
  await admin.getByRole('button', { name: 'Invite all' }).click();

  const table = admin.getByRole('table', { name: 'Rows that cannot be used' });
  await expect(table.getByRole('rowheader')).toHaveText(['Line 3', 'Line 5']);
  await expect(table).toContainText('"boss" is not a role');
  await expect(admin.getByText('2 rows are good.')).toBeFocused();
  await expect(admin.getByLabel('One person a line')).toHaveValue(/carl@example\.org/);
  await expect(admin.getByRole('button', { name: /^Withdraw/ })).toHaveCount(0);

  await admin.getByRole('button', { name: 'Invite the good rows only' }).click();
  await expect(admin.getByRole('status')).toContainText(
    '2 invitations are made. 2 rows were left out.',
  );
  await expect(admin.getByRole('button', { name: /^Withdraw/ })).toHaveCount(2);
});

test('somebody invited joins, signs out and in again, all without JavaScript', async ({
  browser,
}) => {
  await admin.goto('/organisation/');
  const link = await admin.getByLabel('Link for bea@example.org').inputValue();
  const bea = await openPage(browser, site, { javaScriptEnabled: false });
  await join(bea, link, 'Bea Okoro');
  await expect(bea.getByText('You are a manager in Platform.')).toBeVisible();

  await signOut(bea);

  await bea.goto('/organisation/');
  await expect(bea).toHaveURL('/sign-in/?next=%2Forganisation%2F');
  await bea.getByLabel('E-mail address').fill('bea@example.org');
  await bea.getByLabel('Password').fill('not this one');
  await bea.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(bea.getByLabel('Password')).toHaveAccessibleDescription(/do not fit together/);
  await expect(bea.getByLabel('E-mail address')).toHaveValue('bea@example.org');
  await bea.getByLabel('Password').fill(password);
  await bea.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(bea).toHaveURL('/organisation/');

  expect((await bea.goto(link))?.status()).toBe(410);
  await expect(bea.getByText('This invitation was accepted already.')).toBeVisible();
});

test('a manager sees the team, and an admin takes the role back', async ({ browser }) => {
  const bea = await signIn(browser, site, 'bea@example.org');
  await bea.goto('/organisation/');
  await expect(bea.getByRole('rowheader', { name: /@/ })).toHaveText([
    /bea@example\.org/,
    /carl@example\.org/,
  ]);
  await expect(bea.getByRole('button', { name: 'Make the team' })).toHaveCount(0);

  await admin.goto('/organisation/');
  await expect(admin.getByText('1 person')).toBeVisible();
  await admin.getByRole('link', { name: 'Change Bea Okoro' }).click();
  await admin.getByLabel('Role', { exact: true }).first().selectOption('learner');
  await admin.getByRole('button', { name: 'Change the role' }).click();
  await expect(admin.getByRole('status')).toHaveText('The role is changed.');
  await bea.goto('/organisation/');
  await expect(bea.getByText('Roles and teams are changed by Ada Lund.')).toBeVisible();
  await expect(bea.getByRole('table')).toHaveCount(0);
});

test('the only admin cannot give the role away', async () => {
  await admin.goto('/organisation/');
  await admin.getByRole('link', { name: 'Change Ada Lund' }).click();
  await admin.getByLabel('Role', { exact: true }).first().selectOption('learner');
  await admin.getByRole('button', { name: 'Change the role' }).click();
  const refusal = admin.getByRole('alert');
  await expect(refusal).toHaveText('This is the only admin. Make somebody else an admin first.');
  await expect(refusal).toBeFocused();
});
