import { randomUUID } from 'node:crypto';
import { expect, test, type Page } from '@playwright/test';
import { openAccountSite, type AccountSite } from '../support/account-site.ts';
import { expectSynced, openPage, setUp, signIn } from '../support/account-steps.ts';
import { expectNoFault } from '../support/expect-no-fault.ts';
import { LabPage } from '../support/lab-page.ts';

/** One file of one lab that two devices wrote apart: the tests are steps of what becomes of it. */
test.describe.configure({ mode: 'serial', timeout: 180_000 });

const lab = '/labs/l06-first-service/';

let site: AccountSite;
let train: Page;
let desk: Page;

test.beforeAll(async ({ browser }) => {
  site = await openAccountSite();
  const page = await openPage(browser, site);
  await setUp(page, site.setUpCode);
  await page.context().close();
  [train, desk] = [
    await signIn(browser, site, 'ada@example.org'),
    await signIn(browser, site, 'ada@example.org'),
  ];
});

test.afterAll(async () => {
  await site?.close();
});

test('the later text is the file, and both devices have the other', async () => {
  for (const device of [train, desk]) {
    await device.goto('/progress/');
    await expectSynced(device);
  }
  const sent = waitForText(train, 'of the train');
  await importText(train, 'replicas: 2 # of the train', '2026-01-02T12:00:00.000Z');
  expect((await sent).status()).toBe(200);
  await importText(desk, 'replicas: 3 # of the desk', '2026-01-01T12:00:00.000Z');

  for (const device of [desk, train]) {
    await expect(async () => {
      await device.reload();
      await expect(
        device.getByRole('listitem').filter({ hasText: 'deployment.yaml' }),
      ).toContainText('one of two texts that devices wrote apart', { timeout: 2000 });
    }).toPass({ timeout: 20_000 });
  }
});

test('the lab says so when it is opened, and compares both texts by keyboard', async () => {
  await desk.goto(lab);
  await new LabPage(desk).start();
  await expect(noticeOf(desk)).toContainText('deployment.yaml was written on two devices apart.');
  await expect(noticeOf(desk)).toContainText('on another device on 1 Jan 2026');
  await expect(desk.locator('.monaco-editor .view-lines').first()).toContainText('of the train');
  await expectNoFault(desk);

  const compare = desk.getByRole('button', { name: 'Compare both texts of deployment.yaml' });
  await expect(async () => {
    await desk.keyboard.press('F6');
    await expect(compare).toBeFocused({ timeout: 200 });
  }).toPass();
  await desk.keyboard.press('Enter');
  await expect(compare).toHaveAttribute('aria-pressed', 'true');
  await expect(desk.getByText('Left: the text that is kept. Right: your file.')).toBeVisible();
  await expect(desk.locator('.monaco-diff-editor .editor.original')).toContainText('of the desk');
  await expect(desk.locator('.monaco-diff-editor .editor.modified')).toContainText('of the train');
});

test('the other text becomes the file, the one before it is kept, and the choice reaches the other device', async () => {
  const sent = waitForText(desk, 'of the desk');
  await desk.keyboard.press('Tab');
  await expect(
    desk.getByRole('button', { name: 'Use the other text of deployment.yaml' }),
  ).toBeFocused();
  await desk.keyboard.press('Enter');
  const said = noticeOf(desk).getByRole('status');
  await expect(said).toHaveText(
    'deployment.yaml is now the text that was written on another device. The one before it is kept.',
  );
  await expect(said).toBeFocused();
  await expect(desk.locator('.monaco-editor .view-lines').first()).toContainText('of the desk');
  await expect(noticeOf(desk)).toContainText('on another device on 2 Jan 2026');
  expect((await sent).status()).toBe(200);

  await train.goto('/progress/');
  await expectSynced(train);
  await train.goto(lab);
  await new LabPage(train).start();
  await expect(train.locator('.monaco-editor .view-lines').first()).toContainText('of the desk');
  // It has decided there: the text that is kept here is the file now.
  await expect(noticeOf(train)).toHaveCount(0);
  // Its cluster would go on beside that of the desk.
  await train.context().close();
});

test('what is put off comes again with the lab, until the other text is deleted', async () => {
  const files = desk.getByRole('tablist', { name: 'Files' });
  await noticeOf(desk).getByRole('button', { name: 'Later' }).click();
  await expect(noticeOf(desk)).toHaveCount(0);
  await expect(files.getByRole('tab', { selected: true })).toBeFocused();
  await desk.reload();
  await new LabPage(desk).start();
  await desk.getByRole('button', { name: 'Delete the other text of deployment.yaml' }).click();
  await expect(noticeOf(desk).getByRole('status')).toHaveText(
    'The other text of deployment.yaml is deleted.',
  );
  await noticeOf(desk).getByRole('button', { name: 'Close' }).click();
  await expect(noticeOf(desk)).toHaveCount(0);
  await desk.getByRole('button', { name: 'Reset', exact: true }).click();
  const dialog = desk.getByRole('dialog', { name: 'Reset files' });
  await expect(dialog).toContainText('Changed from the start: deployment.yaml');
  await expect(dialog).not.toContainText('Earlier texts');
});

const noticeOf = (page: Page) => page.getByRole('region', { name: 'Texts of two devices' });

/** Waits until a text of a lab file is on the server. */
const waitForText = (page: Page, text: string) =>
  page.waitForResponse((response) => response.request().postData()?.includes(text) ?? false);

async function importText(page: Page, text: string, at: string): Promise<void> {
  const [device, revision] = [randomUUID(), randomUUID()];
  const file = { lab: 'l06-first-service', path: 'deployment.yaml', text, revision, base: null };
  const content = {
    format: 'day-two-progress',
    version: 1,
    exportedAt: at,
    device,
    events: [],
    labFiles: [{ ...file, at, device }],
    labFileCopies: [],
  };
  await page.getByLabel('Import a file').setInputFiles({
    name: 'mine.json',
    mimeType: 'application/json',
    buffer: Buffer.from(JSON.stringify(content)),
  });
  await expect(page.locator('progress-panel [data-status]')).toContainText('1 entry added');
}
