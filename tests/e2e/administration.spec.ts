import { expect, test, type Page } from '@playwright/test';
import { openAccountSite, type AccountSite } from '../support/account-site.ts';
import { invite, join, makeTeam, openPage, setUp } from '../support/account-steps.ts';
import { expectNoFault } from '../support/expect-no-fault.ts';

/** One organisation for the whole file: the tests are steps of its life, in this order. */
test.describe.configure({ mode: 'serial' });

let site: AccountSite;
let admin: Page;
let manager: Page;

test.beforeAll(async ({ browser }) => {
  site = await openAccountSite();
  admin = await openPage(browser, site);
  await setUp(admin, site.setUpCode);
  await makeTeam(admin, 'Platform');
  await invite(admin, 'bea@example.org', { role: 'manager', team: 'Platform' });
  manager = await openPage(browser, site);
  await join(manager, await site.findLink('bea@example.org'), 'Bea Moss');
});

test.afterAll(() => site?.close());

test('a setting holds at once: managers no longer invite, and new assignments begin as chosen', async () => {
  await manager.goto('/organisation/');
  await expect(manager.getByRole('heading', { name: 'Invite', exact: true })).toBeVisible();
  await admin.goto('/organisation/');
  await admin.getByRole('link', { name: 'Settings' }).click();
  await admin.getByLabel('Time zone of new assignments').fill('Oslo');
  await admin.getByLabel('Late work in new assignments').selectOption('close');
  await admin.getByLabel('Who invites people').selectOption('no');
  await admin.getByRole('button', { name: 'Save' }).click();
  await expect(admin.getByLabel('Time zone of new assignments')).toHaveAccessibleDescription(
    /"Oslo" is not in the time zone database/,
  );
  await expect(admin.getByLabel('Who invites people')).toHaveValue('no');
  await expectNoFault(admin);
  await admin.getByLabel('Time zone of new assignments').fill('europe/oslo');
  await admin.getByRole('button', { name: 'Save' }).click();
  await expect(admin.getByRole('status')).toHaveText(
    'The settings are saved. They hold from now on.',
  );
  await expect(admin.getByLabel('Who invites people')).toHaveAccessibleDescription(
    /Chosen by Ada Lund/,
  );

  await manager.reload();
  await expect(manager.getByRole('heading', { name: 'Invite', exact: true })).toHaveCount(0);
  await expect(manager.getByText('Admins invite people here: Ada Lund.')).toBeVisible();
  await manager.goto('/assignments/new/?path=first-week');
  await expect(manager.getByLabel('Time zone of these times')).toHaveValue('Europe/Oslo');
  await expect(manager.getByLabel('Work after the end')).toHaveValue('close');
});

test('what the server is set to is shown, and a test mail tries the way out', async () => {
  await admin.goto('/organisation/settings/');
  await expect(admin.getByText(/PostgreSQL \d+.*(embedded|DATABASE_URL)/)).toBeVisible();
  await expect(admin.getByText(/\d+ applied\s*, the last, 00\d\d_/)).toBeVisible();
  await admin.getByRole('button', { name: 'Send a test mail to ada@example.org' }).click();
  await expect(admin.getByRole('status')).toContainText('the test mail is in the server’s log');
});

test('the audit log tells who did what, by person and action, and as a file', async () => {
  await admin.getByRole('link', { name: 'Organisation', exact: true }).first().click();
  await admin.goto('/organisation/audit/');
  await expect(
    admin.getByText('Ada Lund changed whether managers invite learners from on to off.'),
  ).toBeVisible();
  await expect(
    admin.getByText(
      'Bea Moss accepted the invitation of Ada Lund and is a manager, in the team Platform.',
    ),
  ).toBeVisible();
  await expectNoFault(admin);
  await admin.getByLabel('Person').selectOption({ label: 'Bea Moss (bea@example.org)' });
  await admin.getByRole('button', { name: 'Show' }).click();
  await expect(admin).toHaveURL(/person=/);
  await expect(admin.getByRole('row')).toHaveCount(2);
  const [download] = await Promise.all([
    admin.waitForEvent('download'),
    admin.getByRole('link', { name: 'Export as CSV' }).click(),
  ]);
  expect(download.suggestedFilename()).toBe('day-two-audit.csv');
  await admin.goto('/organisation/audit/?to=2020-01-01');
  await expect(admin.getByText('No row fits.')).toBeVisible();
  await admin.goto('/organisation/audit/?action=audit+log+exported');
  await expect(admin.getByText('Ada Lund exported the audit log.')).toBeVisible();
});

test('a manager is refused both pages', async () => {
  for (const path of ['/organisation/settings/', '/organisation/audit/']) {
    expect((await manager.goto(path))?.status()).toBe(403);
    await expect(manager.getByRole('heading', { level: 1 })).toHaveText('This page is for admins');
  }
  await expectNoFault(manager);
});
