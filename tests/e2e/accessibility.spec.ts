import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';

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

for (const colorScheme of ['light', 'dark'] as const) {
  for (const path of pages) {
    test(`${path} has no accessibility violation in ${colorScheme}`, async ({ page }) => {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await page.goto(path);
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(
        violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' | ')}`),
      ).toEqual([]);
    });
  }
}

test('no page scrolls sideways at 360 pixels', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 800 });
  for (const path of pages) {
    await page.goto(path);
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(overflow, path).toBeLessThanOrEqual(0);
  }
});
