import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

/** Looks for faults of accessibility in the page as it stands; `where` says of several which one has them. */
export function expectNoFault(page: Page, where?: string): Promise<void> {
  return expectClean(new AxeBuilder({ page }), where);
}

/** Of what was looked at in another colour scheme: only what a scheme changes. */
export function expectContrast(page: Page, where?: string): Promise<void> {
  return expectClean(new AxeBuilder({ page }).withRules(['color-contrast']), where);
}

async function expectClean(axe: AxeBuilder, where?: string): Promise<void> {
  const { violations } = await axe.analyze();
  const found = violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]);
  expect(found, where).toEqual([]);
}
