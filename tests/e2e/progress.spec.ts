import { readFile } from 'node:fs/promises';
import { expect, test, type Page } from '@playwright/test';

const course = '/courses/production-is-different/';
const lesson = `${course}what-a-model-server-does/`;

test('a lesson marked as read survives a crash of its tab and shows in the others', async ({
  page,
  context,
}) => {
  const list = await context.newPage();
  await list.goto(course);
  await expect(list.locator('course-mark')).toHaveText('Not started');
  await page.goto(lesson);
  await markAsRead(page);
  await crash(page);

  await expect(list.locator('course-mark')).toContainText('1 of');
  const again = await context.newPage();
  await again.goto(lesson);
  await expect(again.locator('lesson-end')).toContainText('You read this lesson on');
  await again.getByRole('button', { name: 'Mark as not read' }).click();
  await expect(list.locator('course-mark')).toContainText('0 of');
});

test('the end of a lesson counts as read after a plausible time, and not before', async ({
  page,
}) => {
  await page.clock.install();
  await page.goto(lesson);
  const end = page.locator('lesson-end');
  await expect(end.getByRole('button')).toHaveText('Mark as read');
  await end.scrollIntoViewIfNeeded();
  await page.clock.runFor(15_000);
  await expect(end.getByRole('button')).toHaveText('Mark as read');
  await page.clock.runFor(20 * 60_000);
  await expect(end).toContainText('Marked as read, because you reached the end.');

  await end.getByRole('button', { name: 'Mark as not read' }).click();
  await expect(end).toContainText('Marked as not read.');
  await page.reload();
  await end.scrollIntoViewIfNeeded();
  await page.clock.runFor(20 * 60_000);
  await expect(end.getByRole('button')).toHaveText('Mark as read');
});

test('an answered check is counted on the course page', async ({ page, context }) => {
  await page.goto(lesson);
  const check = page.locator('knowledge-check[data-kind="single"]').first();
  await check.getByRole('radio').first().check();
  await check.getByRole('button', { name: 'Check answer' }).click();

  const list = await context.newPage();
  await list.goto(course);
  await expect(list.locator('lesson-mark').nth(1)).toContainText('1 of');
});

test('progress goes out as a file, is forgotten, and comes back once however often it is imported', async ({
  page,
}) => {
  await page.goto(lesson);
  await markAsRead(page);
  await page.goto('/progress/');
  const saving = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export' }).click();
  const path = await (await saving).path();

  await page.getByRole('button', { name: 'Delete everything ...' }).click();
  const dialog = page.getByRole('dialog', { name: 'Delete everything?' });
  await expect(dialog).toContainText('1 event');
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByRole('table', { name: 'Lessons' })).toBeVisible();
  await page.getByRole('button', { name: 'Delete everything ...' }).click();
  await dialog.getByRole('button', { name: 'Delete everything' }).click();
  await expect(page.getByRole('status')).toContainText('Everything is deleted.');
  expect(await page.evaluate(async () => (await indexedDB.databases()).length)).toBe(0);

  await page.reload();
  await expect(page.locator('progress-panel')).toContainText('Nothing yet.');
  await page.getByLabel('Import a file').setInputFiles(path);
  await expect(page.getByRole('status')).toContainText('1 entry added');
  await expect(page.getByRole('table', { name: 'Lessons' })).toBeVisible();
  await page.getByLabel('Import a file').setInputFiles(path);
  await expect(page.getByRole('status')).toContainText('0 entries added');
});

test('an import with problems lists each and takes the good entries only when told to', async ({
  page,
}) => {
  await page.goto(lesson);
  await markAsRead(page);
  await page.goto('/progress/');
  const saving = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export' }).click();
  const file = JSON.parse(await readFile(await (await saving).path(), 'utf8'));
  const other = { ...file.events[0], id: '01a20931-37fa-7b6c-8d21-6cdf2ada8122' };
  file.events = [{ ...other, payload: { ...other.payload, lesson: 'course/other' } }, { id: 7 }];

  await page.getByLabel('Import a file').setInputFiles({
    name: 'mine.json',
    mimeType: 'application/json',
    buffer: Buffer.from(JSON.stringify(file)),
  });

  await expect(page.getByRole('status')).toContainText('mine.json was not imported');
  await expect(page.getByRole('list', { name: 'Problems in mine.json' })).toContainText('events.1');
  await expect(page.getByText('course/other')).toHaveCount(0);
  await page.getByRole('button', { name: 'Import the 1 good entry' }).click();
  await expect(page.getByRole('rowheader', { name: 'course/other' })).toBeVisible();
});

test('a full disk is said where the reader acts, and on the progress page', async ({ page }) => {
  const cdp = await page.context().newCDPSession(page);
  await page.goto('/healthz');
  const origin = new URL(page.url()).origin;
  await cdp.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 1 });
  await page.goto(lesson);
  await page.getByRole('button', { name: 'Mark as read' }).click();
  await expect(page.locator('lesson-end')).toContainText('was not kept');
  await page.getByRole('link', { name: 'your progress page' }).click();
  await expect(page.getByRole('alert')).toContainText('is full');
});

test('a browser that refuses storage is told so, and the lesson stays readable', async ({
  page,
}) => {
  await page.addInitScript(() => {
    IDBFactory.prototype.open = () => {
      throw new DOMException('denied', 'SecurityError');
    };
  });
  await page.goto(lesson);
  await expect(page.locator('lesson-end')).toContainText('was not kept');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await page.goto('/progress/');
  await expect(page.getByRole('alert')).toContainText('refuses to store anything');
  await expect(page.getByRole('button', { name: 'Export' })).toBeDisabled();
});

async function markAsRead(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Mark as read' }).click();
  await expect(page.locator('lesson-end')).toContainText('Marked as read.');
}

async function crash(page: Page): Promise<void> {
  const cdp = await page.context().newCDPSession(page);
  const crashed = page.waitForEvent('crash');
  // The renderer dies before it can answer.
  void cdp.send('Page.crash').catch(() => undefined);
  await crashed;
}
