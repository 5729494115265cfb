import { readFile } from 'node:fs/promises';
import { chromium, expect, test } from '@playwright/test';
import { chromiumArgs, findChromium } from '../../src/platform/chromium.ts';
import { LabPage } from '../support/lab-page.ts';

const FOLDER = 'labs/l36-fuse-the-kernel/start';

test('what the browser’s compiler says of a shader is marked at its line and column, and gone once it is mended', async ({
  page,
}) => {
  const source = await readFile(`${FOLDER}/softmax.wgsl`, 'utf8');
  const lines = source.split('\n');
  const line = lines.findIndex((text) => text.includes('exp(read_scratch')) + 1;
  const column = (lines[line - 1] ?? '').indexOf('exp(') + 1;
  const lab = new LabPage(page);
  await page.goto('/labs/l36-fuse-the-kernel/');
  await lab.start();
  await expect(page.locator('.squiggly-error')).toHaveCount(0);

  await lab.run("sed -i 's/exp(read/expo(read/' softmax.wgsl; grep -c expo softmax.wgsl", /1/);
  await lab.tab(/Problems/).click();
  const problem = page.getByRole('list', { name: 'Problems' }).getByRole('listitem');
  await expect(problem).toHaveCount(1);
  await expect(problem).toContainText(/unresolved call target 'expo'/);
  // Behind the lines of memory.wgsl, which are compiled with it and not counted.
  await expect(problem).toContainText(`softmax.wgsl:${line}:${column}`);
  await expect(lab.tab(/^softmax\.wgsl.*1 problem/)).toBeVisible();

  await problem.getByRole('button').click();
  await expect(page.locator('.monaco-editor .active-line-number')).toHaveText(String(line));
  const mark = page.locator('.monaco-editor .squiggly-error');
  await expect(mark).toBeVisible();
  const word = page.locator('.monaco-editor .view-line span', { hasText: /^\s*expo$/ }).last();
  const [under, over] = await Promise.all([mark.boundingBox(), word.boundingBox()]);
  expect(Math.abs((under?.y ?? 0) - (over?.y ?? 99))).toBeLessThan(4);

  await lab.run("sed -i 's/expo(read/exp(read/' softmax.wgsl; grep -c 'exp(' softmax.wgsl", /1/);
  await expect(mark).toHaveCount(0);
  await expect(lab.tab(/Problems/)).not.toContainText('1');
});

test('without an adapter nothing is graded, no points are lost, and it is said what would be enough', async ({
  baseURL,
}) => {
  const browser = await chromium.launch({
    executablePath: findChromium(),
    args: chromiumArgs.filter((argument) => argument !== '--enable-unsafe-webgpu'),
  });
  try {
    const page = await browser.newPage({ baseURL: baseURL ?? '' });
    const lab = new LabPage(page);
    await page.goto('/labs/l36-fuse-the-kernel/');
    await lab.start();
    await lab.check(1);
    await expect(page.getByText('The check could not finish')).toBeVisible();
    await expect(page.locator('.checks')).toContainText('no points are lost');
    await expect(page.locator('.checks')).toContainText('a software adapter is enough');
  } finally {
    await browser.close();
  }
});
