import { expect, test, type Page } from '@playwright/test';
import ICAL from 'ical.js';
import { openAccountSite, type AccountSite } from '../support/account-site.ts';
import {
  invite,
  join,
  makeTeam,
  openPage,
  password,
  setUp,
  signIn,
} from '../support/account-steps.ts';
import { expectNoFault } from '../support/expect-no-fault.ts';
import { openSiteProgress, type SiteProgress } from '../support/site-progress.ts';

/** One organisation for the whole file: the tests are steps of its life, in this order. */
test.describe.configure({ mode: 'serial' });

let site: AccountSite;
let progress: SiteProgress;
let admin: Page;
let learner: Page;

test.beforeAll(async ({ browser }) => {
  site = await openAccountSite();
  progress = await openSiteProgress(site);
  admin = await openPage(browser, site);
  await setUp(admin, site.setUpCode);
  await makeTeam(admin, 'Platform');
  await invite(admin, 'bea@example.org', { role: 'manager', team: 'Platform' });
  await invite(admin, 'carl@example.org', { role: 'learner', team: 'Platform' });
  await join(await openPage(browser, site), await site.findLink('bea@example.org'), 'Bea Moss');
  learner = await openPage(browser, site);
  await join(learner, await site.findLink('carl@example.org'), 'Carl Nu');
});

test.afterAll(async () => {
  await progress?.close();
  await site?.close();
});

/** `2030-01-31`, so many days from now. */
const day = (ahead: number) => new Date(Date.now() + ahead * 86_400_000).toISOString().slice(0, 10);

test('the catalogue is open to everybody, and every lesson and lab that it names is there', async ({
  browser,
}) => {
  const page = await openPage(browser, site, { javaScriptEnabled: false });
  await page.goto('/paths/');
  await page.getByRole('link', { name: 'First week with a model in production' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(
    'First week with a model in production',
  );
  const items = page.getByRole('main').locator('.items a');
  const addresses = await items.evaluateAll((links) =>
    links.map((link) => link.getAttribute('href') ?? ''),
  );
  expect(addresses).toContain('/labs/l06-first-service/');
  for (const address of addresses) expect((await page.request.get(address)).status()).toBe(200);
  await page.goto('/paths/no-such-path/');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('There is nothing here for you');
  await page.goto('/assignments/');
  await expect(page).toHaveURL(/\/sign-in\//);
});

test('a path with mistakes is not published, each is named with its line, and nothing is lost', async ({
  browser,
}) => {
  const manager = await signIn(browser, site, 'bea@example.org');
  await manager.goto('/paths/');
  await manager.getByRole('link', { name: 'Compose a path' }).click();
  await manager.getByLabel('Title').fill('Our first month');
  await manager.getByLabel('Summary').fill('Short');
  await manager
    .getByLabel('Items')
    .fill('- lab: l06-first-servce\n- lesson: capacity/will-it-fit\n  after: [l31]\n');
  await manager.getByRole('button', { name: 'Publish version 1' }).click();
  await expect(manager.getByLabel('Summary')).toHaveAccessibleDescription(/20 to 300 characters/);
  await expect(manager.getByLabel('Items')).toHaveAccessibleDescription(
    /Line 1, 0\.lab: There is no lab `l06-first-servce`.*l06-first-service/s,
  );
  await expect(manager.getByLabel('Items')).toHaveAccessibleDescription(/Line 3, 1\.after\.0/);
  await expect(manager.getByLabel('Items')).toHaveValue(/after: \[l31\]/);
  await expectNoFault(manager);

  await manager.getByLabel('Summary').fill('What everybody here does in the first month.');
  await manager
    .getByLabel('Items')
    .fill('- lesson: capacity/will-it-fit\n- lab: l06-first-service\n');
  await manager.getByRole('button', { name: 'Publish version 1' }).click();
  await expect(manager.getByRole('status')).toHaveText(
    'The path is published. It can be assigned.',
  );
  await expect(manager.getByText('Learning path, version 1')).toBeVisible();
});

test('a manager assigns it to the team, with faults beside their fields on the way, without a script', async ({
  browser,
}) => {
  const manager = await openPage(browser, site, { javaScriptEnabled: false });
  await manager.goto('/assignments/new/');
  await manager.getByLabel('E-mail address').fill('bea@example.org');
  await manager.getByLabel('Password').fill(password);
  await manager.getByRole('button', { name: 'Sign in', exact: true }).click();
  await manager.getByRole('link', { name: 'Our first month' }).click();
  await manager.getByLabel('Last day').fill(day(10));
  await manager.getByLabel('Time zone of these times').fill('Berlin');
  await manager.getByLabel('A sentence to those').fill('Ask Bea.');
  await manager.getByRole('button', { name: 'Assign', exact: true }).click();
  await expect(manager.getByLabel('Time zone of these times')).toHaveAccessibleDescription(
    /not in the time zone database/,
  );
  await expect(manager.getByRole('group', { name: 'Teams' })).toHaveAccessibleDescription(
    /Choose at least one team/,
  );
  // The first fault from the top, though this page runs no script.
  await expect(manager.getByLabel(/^Platform/)).toBeFocused();
  await expect(manager.getByLabel('Last day')).toHaveValue(day(10));
  await expect(manager.getByLabel('A sentence to those')).toHaveValue('Ask Bea.');
  await manager.getByLabel('Time zone of these times').fill('europe/berlin');
  await manager.getByLabel('Platform').check();
  await manager.getByRole('button', { name: 'Assign', exact: true }).click();
  await expect(manager.getByRole('status')).toContainText('The path is assigned.');
  await expect(manager.getByRole('row', { name: /Carl Nu/ })).toContainText('Not started');
  await expect(manager.getByText(/\(Europe\/Berlin\)/).first()).toBeVisible();
});

test('the learner finds it first on the home page and goes on where they were', async () => {
  await learner.goto('/');
  const due = learner.getByRole('region', { name: 'Due for you' });
  await expect(due).toContainText('Our first month');
  await expect(due).toContainText('Not started');
  await expectNoFault(learner);
  await due.getByRole('link', { name: /^Go on: / }).click();
  await expect(learner).toHaveURL('/courses/capacity/will-it-fit/');
  await progress.gradeLab('carl@example.org', 'l06-first-service', 'pass');
  await learner.goto('/assignments/');
  await expect(learner.getByText('In progress, 1 of 2')).toBeVisible();
  await expect(learner.getByText('Ask Bea.')).toBeVisible();
  await expectNoFault(learner);
  const refused = await learner.goto('/assignments/new/');
  expect(refused?.status()).toBe(404);
});

test('nobody signed in gets an empty answer, and the home page stays as it is', async ({
  browser,
}) => {
  const page = await openPage(browser, site);
  const faults: string[] = [];
  page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
  const answered = page.waitForResponse('**/api/assignments/mine/');
  await page.goto('/');
  expect(await (await answered).json()).toEqual({ assignments: [] });
  await expect(page.getByRole('heading', { name: 'Due for you' })).toHaveCount(0);
  expect(faults).toEqual([]);
});

test('more time is given with a reason that the learner reads', async ({ browser }) => {
  const manager = await signIn(browser, site, 'bea@example.org');
  await manager.goto('/assignments/');
  await manager.getByRole('table').getByRole('link', { name: 'Our first month' }).click();
  await manager.getByRole('link', { name: 'More time for Carl Nu' }).click();
  await manager.getByLabel('New last day').fill(day(2));
  await manager.getByRole('button', { name: 'Give more time' }).click();
  await expect(manager.getByLabel('Reason').first()).toHaveAccessibleDescription(/Say why/);
  await manager.getByLabel('Reason').first().fill('On call last week.');
  await manager.getByRole('button', { name: 'Give more time' }).click();
  await expect(manager.getByLabel('New last day')).toHaveAccessibleDescription(
    /ends later than the assignment/,
  );
  await manager.getByLabel('New last day').fill(day(20));
  await manager.getByLabel('Reason').first().fill('On call last week.');
  await manager.getByRole('button', { name: 'Give more time' }).click();
  await expect(manager.getByRole('status')).toHaveText('The person has more time.');
  await expectNoFault(manager);
  await learner.goto('/assignments/');
  await learner.getByRole('link', { name: 'Our first month', exact: true }).click();
  await expect(learner.getByText('You have more time. Reason: On call last week.')).toBeVisible();
});

test('the calendar address gives an event, a tag that saves the next reading, and ends when it is switched off', async () => {
  await learner.goto('/assignments/');
  await learner.getByRole('button', { name: 'Make a calendar address' }).click();
  const address = await learner.getByLabel('Calendar address').inputValue();
  expect(address).toMatch(/\.ics$/);
  const feed = await fetch(address);
  expect(feed.headers.get('content-type')).toBe('text/calendar; charset=utf-8');
  const calendar = new ICAL.Component(ICAL.parse(await feed.text()) as never[]);
  const [event] = calendar
    .getAllSubcomponents('vevent')
    .map((component) => new ICAL.Event(component));
  expect(event?.summary).toBe('Due: Our first month');
  const again = await fetch(address, {
    headers: { 'If-None-Match': feed.headers.get('etag') ?? '' },
  });
  expect(again.status).toBe(304);
  // A lesson that was read and whose check is open changes nothing that the calendar says.
  await progress.readLesson('carl@example.org', 'capacity/will-it-fit', ['l01-gqa']);
  const changed = await fetch(address, {
    headers: { 'If-None-Match': feed.headers.get('etag') ?? '' },
  });
  expect(changed.status).toBe(200);
  expect(await changed.text()).toContain('SUMMARY:Due: Our first month (done)');
  await learner.getByRole('button', { name: 'Switch it off' }).click();
  expect((await fetch(address)).status).toBe(404);
  await learner.getByRole('button', { name: 'No mails' }).click();
  await expect(learner.getByRole('status')).toHaveText('You get no more reminders by mail.');
});

test('a new version changes nothing that is assigned until the manager moves it on', async ({
  browser,
}) => {
  const manager = await signIn(browser, site, 'bea@example.org');
  await manager.goto('/paths/');
  await manager.getByRole('link', { name: 'Our first month' }).click();
  await manager.getByRole('link', { name: 'Change' }).click();
  await manager
    .getByLabel('Items')
    .fill('- lab: l06-first-service\n- lesson: capacity/find-the-roof\n');
  await manager.getByRole('button', { name: 'Publish version 2' }).click();
  await expect(manager.getByText('Learning path, version 2')).toBeVisible();
  await manager.goto('/assignments/');
  await manager.getByRole('table').getByRole('link', { name: 'Our first month' }).click();
  await expect(manager.getByText('Version 1 of the path.')).toBeVisible();
  await expect(manager.getByRole('row', { name: /Carl Nu/ })).toContainText('Done');
  await manager.getByRole('link', { name: 'Change people, times or items' }).click();
  await manager.getByLabel('Move on to version 2').check();
  await manager.getByRole('button', { name: 'Save' }).click();
  await expect(manager.getByText('Version 2 of the path.')).toBeVisible();
  await expect(manager.getByRole('row', { name: /Carl Nu/ })).toContainText('In progress, 1 of 2');
  await manager.getByRole('textbox', { name: 'Reason' }).fill('Everybody knows it by now.');
  await manager.getByRole('button', { name: 'Withdraw the assignment' }).click();
  await expect(manager.getByText('Withdrawn: Everybody knows it by now.')).toBeVisible();
});
