import { chromium, type BrowserContext } from '@playwright/test';
import type { Verdict } from '#grading/verdict.ts';
import { verdictSchema } from '#grading/verdict.ts';
import { chromiumArgs, findChromium } from '#platform/chromium.ts';
import type { LabFiles } from './files.ts';
import { graceMs } from './grade-limits.ts';

/** What is graded. */
interface Answer {
  readonly lab: string;
  readonly files: LabFiles;
}

/** How the browser is started, where not as at a developer's desk. */
interface Launch {
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** What pages and workers are told the browser is. */
  readonly userAgent: string;
}

/** A grading page is always in front, which a headless browser does not know by itself. */
const VISIBLE = ['--disable-renderer-backgrounding', '--disable-background-timer-throttling'];

/** A headless Chromium that grades, and is killed and started anew when it hangs. */
export class GradingBrowser {
  readonly #url: string;
  readonly #launch: Launch | null;
  /** One for all grades: like the learner's, it has the site's files in its cache. */
  #context: BrowserContext | null = null;

  constructor(siteUrl: string, launch: Launch | null = null) {
    this.#url = `${siteUrl}/labs/grade/`;
    this.#launch = launch;
  }

  /** Grades an answer on a fresh page. Rejects when the page fails or does not end in time. */
  async grade(answer: Answer, seed: number, limitMs: number): Promise<Verdict> {
    const { promise: late, reject } = Promise.withResolvers<never>();
    const timer = setTimeout(() => {
      reject(
        new Error(`The page hung for ${Math.round((limitMs + graceMs) / 1000)} s and was killed.`),
      );
    }, limitMs + graceMs);
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
    const context = this.#context;
    this.#context = null;
    await Promise.race([context?.close(), new Promise((resolve) => setTimeout(resolve, 5000))]);
  }

  async #gradeOnPage(answer: Answer, seed: number): Promise<Verdict> {
    this.#context ??= await openContext(this.#launch);
    const page = await this.#context.newPage();
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
    await page.close();
    return verdictSchema.parse(verdict);
  }
}

async function openContext(launch: Launch | null): Promise<BrowserContext> {
  const args = [...chromiumArgs, ...VISIBLE, ...(launch?.args ?? [])];
  // Playwright's own handlers would close the browser and let the grading go on with a new one.
  const ours = { handleSIGINT: false, handleSIGTERM: false, handleSIGHUP: false };
  const how = launch ? { env: { ...launch.env }, userAgent: launch.userAgent } : {};
  // With a profile on disk it keeps compiled code, as the learner's does: half the work of a grade.
  return chromium.launchPersistentContext('', {
    executablePath: findChromium(),
    args,
    ...ours,
    ...how,
  });
}
