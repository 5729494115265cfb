import { expect, test, type Page } from '@playwright/test';
import { openAccountSite, type AccountSite } from '../support/account-site.ts';
import { invite, join, makeTeam, openPage, setUp } from '../support/account-steps.ts';
import { expectNoFault } from '../support/expect-no-fault.ts';
import { openSiteProgress, type SiteProgress } from '../support/site-progress.ts';

/** One organisation for the whole file: the tests are steps of its life, in this order. */
test.describe.configure({ mode: 'serial' });

let site: AccountSite;
let progress: SiteProgress;
let admin: Page;
let manager: Page;
let learner: Page;

test.beforeAll(async ({ browser }) => {
  site = await openAccountSite();
  progress = await openSiteProgress(site);
  admin = await openPage(browser, site);
  await setUp(admin, site.setUpCode);
  await makeTeam(admin, 'Platform');
  await invite(admin, 'bea@example.org', { role: 'manager', team: 'Platform' });
  await invite(admin, 'carl@example.org', { role: 'learner', team: 'Platform' });
  manager = await openPage(browser, site);
  await join(manager, await site.findLink('bea@example.org'), 'Bea Moss');
  learner = await openPage(browser, site);
  await join(learner, await site.findLink('carl@example.org'), 'Carl Nu');
});

test.afterAll(async () => {
  await progress?.close();
  await site?.close();
});

test('a manager sees what their people did, by skill, and narrows it to one', async () => {
  await manager.goto('/team/');
  await expect(manager.getByText('Nothing was read or checked here so far.')).toBeVisible();
  await progress.gradeLab('carl@example.org', 'l10-retry-storm', 'fail');
  await manager.reload();
  const weeks = manager.getByRole('region', { name: 'Week by week' });
  await expect(weeks).toContainText('No lab was passed in the last 12 weeks.');
  await expect(weeks).toContainText('People who read or checked something, 1 in the busiest week');
  await expect(weeks.locator('rect')).toHaveCount(1);
  await progress.gradeLab('carl@example.org', 'l06-first-service', 'pass');
  await manager.reload();
  await expect(weeks).toContainText('1 by what browsers say, 0 verified');
  await expect(weeks.locator('rect')).toHaveCount(2);
  const table = manager.getByRole('region', { name: 'People by skill', exact: true });
  await expect(table.getByRole('rowheader')).toHaveText([/^Bea Moss/, /^Carl Nu/]);
  await expectNoFault(manager);
  await manager.getByLabel('Skill', { exact: true }).selectOption({ label: 'Readiness' });
  await manager.getByRole('button', { name: 'Show' }).click();
  await expect(manager).toHaveURL(/skill=readiness/);
  await expect(table.getByRole('row', { name: /Carl Nu/ })).toContainText('passed, self-reported');
  await expect(table.getByRole('row', { name: /Bea Moss/ })).toContainText('nothing yet');
  await expect(manager.getByLabel('Skill', { exact: true })).toHaveValue('readiness');
  const file = await manager.request.get('/team/export.csv?skill=readiness');
  expect(await file.text()).toContain('passed, self-reported');
});

test('a wide matrix scrolls by keyboard on a narrow screen, and its names stay', async () => {
  await manager.setViewportSize({ width: 390, height: 800 });
  await manager.goto('/team/');
  const scroll = manager.getByRole('region', { name: 'People by skill', exact: true });
  const name = scroll.getByRole('rowheader', { name: /Carl Nu/ });
  const before = await name.boundingBox();
  await scroll.focus();
  await manager.keyboard.press('ArrowRight');
  await expect.poll(() => scroll.evaluate((element) => element.scrollLeft)).toBeGreaterThan(0);
  expect((await name.boundingBox())?.x).toBe(before?.x);
  expect(await manager.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  await manager.setViewportSize({ width: 1280, height: 800 });
});

test('from a person the manager comes to a verdict; the person sees the same, and who looks', async () => {
  await manager.getByRole('link', { name: 'Carl Nu' }).click();
  await expect(manager.getByRole('heading', { level: 1 })).toHaveText('Carl Nu');
  await expectNoFault(manager);
  const address = new URL(manager.url()).pathname;
  await learner.goto('/team/');
  await expect(learner).toHaveURL('/team/me/');
  const textOf = (page: Page) => page.locator('section').allInnerTexts();
  expect(await textOf(learner)).toEqual(await textOf(manager));
  const watchers = learner.getByRole('region', { name: 'Who sees this page' });
  await expect(watchers.getByRole('listitem')).toHaveText([/Ada Lund/, /Bea Moss/]);
  await manager
    .getByRole('row', { name: /First Service/ })
    .getByRole('link')
    .click();
  await expect(manager.getByRole('heading', { level: 1 })).toHaveText('First Service: passed');
  await expect(manager.getByText('This attempt was not sent to the server.')).toBeVisible();
  await expectNoFault(manager);
  await learner.goto(address);
  await expect(learner.getByRole('heading', { level: 1 })).toHaveText('Carl Nu');
  for (const closed of ['/team/export.csv', '/team/statements.json', '/team/nobody/'])
    expect((await learner.request.get(closed)).status()).toBe(404);
});

test('whoever is not signed in is asked to, and sees nothing', async ({ browser }) => {
  const stranger = await openPage(browser, site);
  for (const path of ['/team/', '/team/blocked/', '/team/me/', '/team/records/']) {
    await stranger.goto(path);
    await expect(stranger).toHaveURL(/\/sign-in\//);
  }
});

test('what blocks whom names the lab, and learning records are for an admin to switch', async () => {
  for (let attempt = 0; attempt < 2; attempt++)
    await progress.gradeLab('carl@example.org', 'l10-retry-storm', 'fail');
  await manager.getByRole('link', { name: 'Carl Nu' }).click();
  await manager.getByRole('link', { name: 'What blocks whom' }).click();
  const stuck = manager.getByRole('region', { name: 'Stuck at a check' });
  await expect(stuck.getByRole('row', { name: /Carl Nu/ })).toContainText('over 3 attempts');
  await expectNoFault(manager);
  await manager.getByRole('link', { name: 'Learning records' }).click();
  await expect(manager.getByText('An admin switches this.')).toBeVisible();
  await expectNoFault(manager);
  const { statements } = (await (await manager.request.get('/team/statements.json')).json()) as {
    statements: object[];
  };
  expect(statements).toHaveLength(4);
});
