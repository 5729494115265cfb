import { expect, test } from '@playwright/test';

const lesson = '/courses/production-is-different/notebook-to-production/';
const orderLesson = '/courses/production-is-different/what-a-model-server-does/';

test('a choice explains every option once it is answered', async ({ page }) => {
  await page.goto(lesson);
  const check = page.locator('knowledge-check[data-kind="single"]').first();
  const options = await check.getByRole('radio').count();
  await check.getByRole('radio').first().check();
  await check.getByRole('button', { name: 'Check answer' }).click();
  await expect(check.locator('.check-why')).toHaveCount(options);
  await expect(check.locator('[data-verdict="right"]')).toHaveCount(1);
  await check.getByRole('button', { name: 'Try again' }).click();
  await expect(check.locator('.check-why')).toHaveCount(0);
});

test('a number within the tolerance is right, a known mistake gets its own explanation', async ({
  page,
}) => {
  await page.goto(lesson);
  const check = page.locator('#check-l1-usable-rate');
  const field = check.getByRole('textbox', { name: 'Your answer' });
  const status = check.getByRole('status');
  await field.fill('many');
  await field.press('Enter');
  await expect(status).toContainText('Write a number');
  await field.fill('250');
  await field.press('Enter');
  await expect(status).toContainText('Not that. That is mu');
  await field.fill('203');
  await field.press('Enter');
  await expect(status).toHaveText(/^Right/);
});

test('an order can be set with the keyboard alone', async ({ page }) => {
  await page.goto(orderLesson);
  const check = page.locator('knowledge-check[data-kind="order"]').first();
  const rows = check.locator('li[data-option]');
  const button = check.getByRole('button', { name: 'Check order' });
  await button.click();
  await expect(check.getByRole('status')).toHaveText('Move at least one first.');
  const count = await rows.count();
  for (let step = 0; step < count; step++) {
    const row = check.locator(`li[data-option="${step}"]`);
    while (
      (await rows.evaluateAll(
        (all, id) => all.findIndex((one) => one.getAttribute('data-option') === id),
        String(step),
      )) > step
    ) {
      await row.getByRole('button', { name: /^Move up/ }).focus();
      await page.keyboard.press('Enter');
    }
  }
  await button.click();
  await expect(check.getByRole('status')).toHaveText('Right, in this order.');
});

test('a term shows its definition in place and gives the focus back', async ({ page }) => {
  await page.goto(lesson);
  const term = page.locator('a.term').first();
  await term.focus();
  await page.keyboard.press('Enter');
  await expect(page.locator('[popover]:popover-open')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.locator('[popover]:popover-open')).toHaveCount(0);
  await expect(term).toBeFocused();
  expect(new URL(page.url()).pathname).toBe(lesson);
});

test('the slash key leads to a search that finds a lesson by keyboard', async ({ page }) => {
  await page.goto('/');
  await page.keyboard.press('/');
  await page.waitForURL('**/search/');
  await page.keyboard.type('readiness probe');
  await expect(page.locator('.result-title').first()).toBeVisible();
  await page.keyboard.press('ArrowDown');
  await expect(page.locator('.result-title').first()).toBeFocused();
  await page.keyboard.press('Enter');
  await page.waitForURL('**/courses/**');
});

test('the search says so when nothing is found', async ({ page }) => {
  // No index holds a word that begins like this one, and the search falls back on beginnings.
  await page.goto('/search/?q=ωωω');
  await expect(page.getByRole('status')).toContainText('Nothing found for “ωωω”');
});

test('a theme that was chosen is there before the first paint of the next page', async ({
  page,
}) => {
  await page.emulateMedia({ colorScheme: 'light' });
  await page.goto('/');
  await page.getByRole('button', { name: 'Use the dark theme' }).click();
  await page.goto(lesson);
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await page.getByRole('button', { name: 'Use the light theme' }).click();
  await expect(page.locator('html')).not.toHaveAttribute('data-theme');
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('questions, options, answers and terms can be read', async ({ page }) => {
    await page.goto(lesson);
    const check = page.locator('knowledge-check[data-kind="single"]').first();
    await expect(check.locator('.check-options > li').first()).toBeVisible();
    await check.getByText('Answer and explanation').click();
    await expect(check.locator('[data-why]').first()).toBeVisible();
    await page.locator('a.term').first().click();
    expect(page.url()).toContain('/glossary/#');
  });
});
