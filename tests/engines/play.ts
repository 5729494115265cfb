import { mkdir, writeFile } from 'node:fs/promises';
import type { Driver } from '../support/driver.ts';
import { Lab } from './lab.ts';
import type { Step } from './story.ts';

const STEP_MS = 120_000;
const RESULTS = 'test-results/engines';

/** Plays the steps until one fails, a printed line each; resolves to whether all passed. */
export async function play(
  name: string,
  driver: Driver,
  origin: string,
  steps: readonly Step[],
): Promise<boolean> {
  const lab = new Lab(driver, origin);
  for (const step of steps) {
    const started = performance.now();
    try {
      await within(STEP_MS, step.play(lab));
      if (driver.pageErrors.length > 0)
        throw new Error(`Uncaught: ${driver.pageErrors.join('; ')}`);
      console.log(`${name}: ok      ${step.name} (${seconds(started)})`);
    } catch (error) {
      console.error(`${name}: FAILED  ${step.name} (${seconds(started)})\n${String(error)}`);
      await keepScreenshot(name, driver);
      return false;
    }
  }
  return true;
}

/** Rejects when the promise takes longer: a browser that hangs answers nothing at all. */
export async function within<T>(limitMs: number, promise: Promise<T>): Promise<T> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    reject(new Error(`No end after ${limitMs / 1000} s.`));
  }, limitMs);
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

async function keepScreenshot(name: string, driver: Driver): Promise<void> {
  try {
    const picture = await within(10_000, driver.screenshot());
    await mkdir(RESULTS, { recursive: true });
    await writeFile(`${RESULTS}/${name}.png`, picture);
    console.error(`The page at that moment: ${RESULTS}/${name}.png`);
  } catch (error) {
    console.error(`No screenshot of it: ${String(error)}`);
  }
}

function seconds(started: number): string {
  return `${((performance.now() - started) / 1000).toFixed(1)} s`;
}
