import { expect, test, type Page } from '@playwright/test';
import { expectContrast, expectNoFault } from '../support/expect-no-fault.ts';
import { LabPage } from '../support/lab-page.ts';

const pages = [
  '/',
  '/courses/',
  '/courses/production-is-different/',
  '/courses/production-is-different/what-a-model-server-does/',
  '/courses/production-is-different/replicas-readiness-and-a-service/',
  '/labs/',
  '/labs/l06-first-service/',
  '/models/',
  '/models/triage/',
  '/models/oncall-lm/',
  '/models/embed/',
  '/models/anomaly/',
  '/accelerator/',
  '/training/',
  '/glossary/',
  '/search/',
  '/progress/',
];

for (const path of pages) {
  test(`${path} has no accessibility violation, in light and dark`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
    await page.goto(path);
    await expectNoFault(page, 'light');
    await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
    await expectContrast(page, 'dark');
  });
}

test('with reduced motion colours follow the scheme at once, so that charts are drawn in those of now', async ({
  page,
}) => {
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  await page.goto('/training/');
  const label = page.locator('.u-label').first();
  const inLight = await label.evaluate((element) => getComputedStyle(element).color);
  await page.evaluate(() =>
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => {
      const now = document.querySelector('.u-label')!;
      document.documentElement.dataset['atTheChange'] = getComputedStyle(now).color;
    }),
  );
  await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
  await expect(label).not.toHaveCSS('color', inLight);
  const inDark = await label.evaluate((element) => getComputedStyle(element).color);
  await expect(page.locator('html')).toHaveAttribute('data-at-the-change', inDark);
});

test('no page scrolls sideways at 360 pixels', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 800 });
  for (const path of pages) {
    await page.goto(path);
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(overflow, path).toBeLessThanOrEqual(0);
  }
});

const screens = [
  { name: 'light', colorScheme: 'light', width: 1280, look: expectNoFault },
  { name: 'dark', colorScheme: 'dark', width: 1280, look: expectContrast },
  { name: 'narrow', colorScheme: 'light', width: 390, look: expectNoFault },
] as const;

test('metrics, the load panel and the report of a run have no accessibility violation', async ({
  page,
}) => {
  test.setTimeout(180_000);
  const lab = new LabPage(page);
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto('/labs/l13-size-it-for-one-and-a-half/');
  await lab.start();
  await lab.deploy();
  await expect(lab.cluster).toContainText('1/1 ready', { timeout: 40_000 });

  await lab.tab('Load').click();
  await page.getByRole('button', { name: 'Calibrate one replica' }).click();
  // A busy machine may be too restless for it, which is then said.
  const calibrated = page.getByText(/mu \d+\/s, measured at .* is \d+\.\d\d mu|Not steady enough/);
  await expect(calibrated).toBeVisible({ timeout: 60_000 });
  await page.getByLabel('Duration, s').fill('3');
  await page.getByRole('button', { name: 'Start', exact: true }).click();
  const open = page.getByRole('button', { name: 'Open as a page' });
  await expect(open).toBeVisible({ timeout: 30_000 });
  await expectClean(page, 'load panel');

  await lab.tab('Metrics').click();
  await expect(page.getByRole('tabpanel', { name: 'Metrics' })).toBeVisible();
  await expectClean(page, 'metrics');

  await lab.tab('Load').click();
  await open.click();
  await expect(page.getByRole('dialog', { name: /^Load test/ })).toBeVisible();
  await expectClean(page, 'report', async () => {
    const overflow = await page
      .locator('.paper')
      .evaluate((paper) => paper.scrollWidth - paper.clientWidth);
    expect(overflow, 'the report scrolls sideways').toBeLessThanOrEqual(0);
  });
});

/** On every screen, in each colour scheme; `more` is expected there too. */
async function expectClean(page: Page, what: string, more?: () => Promise<void>): Promise<void> {
  for (const { name, colorScheme, width, look } of screens) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.setViewportSize({ width, height: 800 });
    await look(page, `${what}, ${name}`);
    await more?.();
  }
  await page.setViewportSize({ width: 1280, height: 800 });
}
