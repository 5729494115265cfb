import { chromium, type Browser } from '@playwright/test';
import type { Verdict } from '#grading/verdict.ts';
import { verdictSchema } from '#grading/verdict.ts';
import { chromiumArgs, findChromium } from '#platform/chromium.ts';
import type { Answer } from './answers.ts';

/** Past a lab's own limit the page itself must hang. */
const GRACE_MS = 15_000;

/** A headless Chromium that grades, and is killed and started anew when it hangs. */
export class GradingBrowser {
  readonly #url: string;
  #browser: Browser | null = null;

  constructor(siteUrl: string) {
    this.#url = `${siteUrl}/labs/grade/`;
  }

  /** Grades an answer on a fresh page. Rejects when the page fails or does not end in time. */
  async grade(answer: Answer, seed: number, limitMs: number): Promise<Verdict> {
    const { promise: late, reject } = Promise.withResolvers<never>();
    const timer = setTimeout(() => {
      reject(
        new Error(`The page hung for ${Math.round((limitMs + GRACE_MS) / 1000)} s and was killed.`),
      );
    }, limitMs + GRACE_MS);
    try {
      return await Promise.race([this.#gradeOnPage(answer, seed), late]);
    } catch (error) {
      await this.close();
      throw error;
    } finally {
      clearTimeout(timer);
    }
  }

  async close(): Promise<void> {
    const browser = this.#browser;
    this.#browser = null;
    await Promise.race([browser?.close(), new Promise((resolve) => setTimeout(resolve, 5000))]);
  }

  async #gradeOnPage(answer: Answer, seed: number): Promise<Verdict> {
    this.#browser ??= await chromium.launch({
      executablePath: findChromium(),
      args: [...chromiumArgs],
    });
    const context = await this.#browser.newContext();
    const page = await context.newPage();
    page.on('pageerror', (error) => console.error(`page error: ${error.message}`));
    await page.goto(this.#url);
    await page.waitForSelector('html[data-ready]', { state: 'attached' });
    const verdict = await page.evaluate(
      ({ lab, files, at }) => {
        if (!window.gradePage) throw new Error('The page has no grader.');
        return window.gradePage.grade(lab, files, at);
      },
      { lab: answer.lab, files: answer.files, at: seed },
    );
    await context.close();
    return verdictSchema.parse(verdict);
  }
}
