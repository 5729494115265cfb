import { expect, type Locator, type Page } from '@playwright/test';

/** What the tests do in a lab, in the words of a person at the screen. */
export class LabPage {
  readonly #page: Page;
  #lines = 0;

  constructor(page: Page) {
    this.#page = page;
  }

  /** Starts the lab from the page that shows it and waits for the coloured editor. */
  async start(): Promise<void> {
    await this.#page.getByRole('button', { name: 'Start the lab' }).click();
    await expect(
      this.#page.locator('.monaco-editor .view-line span[class*=mtk]').first(),
    ).toBeVisible({ timeout: 20_000 });
  }

  async deploy(): Promise<void> {
    await this.#page.getByRole('button', { name: 'Deploy', exact: true }).click();
  }

  /** Checks until there is a verdict on the files: again, as it asks, when the machine was too busy for it. */
  async check(attempts = 3): Promise<void> {
    await this.#page
      .getByRole('button', { name: /^Check( again)?$/ })
      .first()
      .click();
    const run = this.#page.locator('.checks .run');
    await expect(run).toContainText('Checking on a fresh cluster');
    await expect(run).toContainText('Check again', { timeout: 60_000 });
    const isGraded = await this.#page.getByText('The check could not finish').isHidden();
    if (!isGraded && attempts > 1) await this.check(attempts - 1);
  }

  tab(name: string | RegExp): Locator {
    return this.#page.getByRole('tab', { name });
  }

  get cluster(): Locator {
    return this.#page.getByRole('region', { name: 'Cluster' }).first();
  }

  /** Runs a line in the terminal to its end; what it printed, as far as it is on the screen, must match. */
  async run(line: string, expected: RegExp, timeout = 15_000): Promise<void> {
    this.#lines += 1;
    const end = `end-${this.#lines}`;
    await this.tab('Terminal').click();
    await expect(this.#page.locator('.xterm-rows')).toContainText('/lab $');
    await this.#page.locator('.xterm-helper-textarea').focus();
    await this.#page.keyboard.type('clear');
    await this.#page.keyboard.press('Enter');
    await this.#page.keyboard.type(`${line}; echo "end"-${this.#lines}`);
    await this.#page.keyboard.press('Enter');
    const rows = this.#page.locator('.xterm-rows > div');
    await expect(rows.filter({ hasText: new RegExp(`^${end}\\s*$`) })).toHaveCount(1, { timeout });
    const screen = (await rows.allTextContents()).join('');
    const printed = screen.split(`echo "end"-${this.#lines}`).at(-1) ?? '';
    expect(printed.slice(0, printed.lastIndexOf(end))).toMatch(expected);
  }
}
