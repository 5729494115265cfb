import { chromium, expect, test, type Page } from '@playwright/test';
import { chromiumArgs, findChromium } from '../../src/platform/chromium.ts';
import type { TrainedStep, TrainingEnd } from '../../src/training/messages.ts';
import type { TensorMemory } from '../../src/training/compute/network.ts';
import type { TrainingPlan } from '../../src/training/plan.ts';

interface Run {
  readonly backend: string | null;
  readonly from: number;
  readonly broken: readonly number[];
  readonly steps: readonly TrainedStep[];
  readonly memory: readonly TensorMemory[];
  readonly checkpoints: readonly number[];
  readonly end: TrainingEnd | { readonly kind: 'killed' };
}

const small: TrainingPlan = {
  job: 'test',
  seed: 7,
  backend: 'wasm',
  workers: 1,
  batch: 16,
  steps: 120,
  checkpointEvery: 0,
  learningRate: 3e-3,
};

test.beforeEach(async ({ page }) => {
  await page.goto('/labs/bench/training/');
  await page.waitForSelector('html[data-ready]', { state: 'attached' });
});

/** Runs a job in the page; `killAt` kills it once that step is heard of. */
function train(
  page: Page,
  plan: Partial<TrainingPlan>,
  { resume = false, killAt = Infinity } = {},
): Promise<Run> {
  return page.evaluate(
    async ({ whole, again, deadly }) => {
      const steps: TrainedStep[] = [];
      const memory: TensorMemory[] = [];
      const checkpoints: number[] = [];
      const ready = { backend: null as string | null, from: 0, broken: [] as readonly number[] };
      const job = window.trainingBench!.startTraining(whole, {
        resume: again,
        onReady: ({ backend, from, broken }) => Object.assign(ready, { backend, from, broken }),
        onSteps(taken, held) {
          steps.push(...taken);
          memory.push(held);
          if ((steps.at(-1)?.step ?? 0) >= deadly) job.kill();
        },
        onCheckpoint: ({ step }) => checkpoints.push(step),
      });
      const end = await job.ended;
      return { ...ready, steps, memory, checkpoints, end };
    },
    // JSON has no Infinity.
    { whole: { ...small, ...plan }, again: resume, deadly: Math.min(killAt, 1e9) },
  );
}

const lossAt = ({ steps }: Run, step: number): number =>
  steps.find((taken) => taken.step === step)?.loss ?? NaN;

test('2,000 steps hold no more tensors than the first', async ({ page }) => {
  const { backend, memory, end, steps } = await train(page, { steps: 2000 });
  expect(backend).toBe('wasm');
  expect(end.kind).toBe('finished');
  expect(steps).toHaveLength(2000);
  expect(memory.length).toBeGreaterThan(3);
  expect(new Set(memory.map(({ tensors }) => tensors)).size).toBe(1);
  expect(new Set(memory.map(({ bytes }) => bytes)).size).toBe(1);
  expect(lossAt({ steps } as Run, 2000)).toBeLessThan(0.5 * lossAt({ steps } as Run, 1));
});

test('one seed gives the same losses on cpu, wasm and WebGPU', async ({ page }) => {
  const runs = [];
  for (const backend of ['cpu', 'wasm', 'webgpu'] as const)
    runs.push(await train(page, { backend, steps: 25 }));
  expect(runs.map(({ backend }) => backend)).toEqual(['cpu', 'wasm', 'webgpu']);
  const losses = runs.map(({ steps }) => steps.map(({ loss }) => loss.toPrecision(4)));
  expect(losses[0]).toHaveLength(25);
  const [cpu, ...others] = runs;
  for (const other of others)
    for (const { step, loss } of cpu?.steps ?? [])
      expect(Math.abs(lossAt(other, step) / loss - 1)).toBeLessThan(1e-4);
});

test('two workers that average their gradients train as one does', async ({ page }) => {
  const one = await train(page, { workers: 1, steps: 60 });
  const two = await train(page, { workers: 2, steps: 60 });
  expect(two.end.kind).toBe('finished');
  for (const { step, loss } of one.steps)
    expect(Math.abs(lossAt(two, step) / loss - 1)).toBeLessThan(1e-4);
});

test('killed at any step, a job loses at most the steps since its last checkpoint', async ({
  page,
}) => {
  const checkpointEvery = 25;
  const steps = 700;
  const straight = await train(page, { steps, checkpointEvery });
  expect(straight.end).toMatchObject({ kind: 'finished', step: steps });
  for (let round = 0; round < 20; round++) {
    const killAt = 1 + ((round * 331 + 97) % 600);
    const killed = await train(page, { steps, checkpointEvery }, { killAt });
    expect(killed.end.kind).toBe('killed');
    const reached = killed.steps.at(-1)?.step ?? 0;
    // Only two of them are followed to the end: the same weights come out.
    const follow = round % 10 === 9;
    const resumed = await train(
      page,
      { steps, checkpointEvery },
      { resume: true, killAt: follow ? Infinity : 1 },
    );
    expect(resumed.broken).toEqual([]);
    expect(resumed.from).toBeGreaterThanOrEqual(killed.checkpoints.at(-1) ?? 0);
    expect(reached - resumed.from).toBeLessThanOrEqual(checkpointEvery);
    expect(resumed.steps[0]?.loss).toBe(lossAt(straight, resumed.from + 1));
    if (follow) expect(resumed.end).toEqual(straight.end);
  }
});

test('a job stops at the step whose loss is no number and names the batch', async ({ page }) => {
  const { end, steps } = await train(page, { learningRate: 1e30 });
  expect(end).toMatchObject({ kind: 'not-a-number', batch: expect.stringContaining('epoch 0') });
  expect(end.kind === 'not-a-number' && end.step).toBe(steps.length + 1);
});

test('the page trains, pauses, is killed and resumes', async ({ page }) => {
  await page.goto('/training/');
  await page.getByLabel('Computes with').selectOption('wasm');
  await page.getByLabel('Steps', { exact: true }).fill('100000');
  await page.getByLabel(/^Checkpoint every/).fill('50');
  await page.getByRole('button', { name: 'Start' }).click();
  const figures = page.getByRole('region', { name: 'Figures' });
  const step = figures.locator('dd').first();
  const reached = async (): Promise<number> =>
    Number((await step.textContent())?.replace(/\D/g, '') || 0);
  await expect.poll(reached).toBeGreaterThan(60);
  await page.getByRole('button', { name: 'Pause' }).click();
  await expect(page.getByRole('button', { name: 'Continue' })).toBeVisible();
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByRole('button', { name: 'Kill' }).click();
  await expect(page.getByRole('log')).toContainText('Killed after step');
  await page.getByRole('button', { name: 'Resume' }).click();
  await expect(page.getByRole('log')).toContainText(/Resumed from the checkpoint at step \d+/);
  await expect.poll(reached).toBeGreaterThan(60);
});

test('an accelerator that is lost ends the job with its reason, and the job goes on from its checkpoint', async ({
  baseURL,
}) => {
  const browser = await chromium.launch({
    executablePath: findChromium(),
    args: [...chromiumArgs],
  });
  try {
    const page = await browser.newPage({ baseURL: baseURL ?? '' });
    await page.goto('/training/');
    await page.getByLabel('Computes with').selectOption('webgpu');
    await page.getByLabel(/^Checkpoint every/).fill('5');
    await page.getByRole('button', { name: 'Start' }).click();
    const step = page.getByRole('region', { name: 'Figures' }).locator('dd').first();
    const reached = async (): Promise<number> =>
      Number((await step.textContent())?.replace(/\D/g, ''));
    await expect.poll(reached, { timeout: 40_000 }).toBeGreaterThan(8);
    await (await browser.newBrowserCDPSession()).send('Browser.crashGpuProcess');
    const log = page.getByRole('log');
    await expect(log).toContainText('The accelerator was lost');
    await page.getByRole('button', { name: 'Resume' }).click();
    await expect(log).toContainText(/Resumed from the checkpoint at step [1-9]/, {
      timeout: 40_000,
    });
  } finally {
    await browser.close();
  }
});

test('a storage that is full costs the checkpoint and not the job', async ({ page, baseURL }) => {
  await page.goto('/training/');
  const session = await page.context().newCDPSession(page);
  const origin = new URL(baseURL ?? '').origin;
  await session.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 50_000 });
  await page.getByLabel('Computes with').selectOption('wasm');
  await page.getByLabel('Steps', { exact: true }).fill('100000');
  await page.getByLabel(/^Checkpoint every/).fill('20');
  await page.getByRole('button', { name: 'Start' }).click();
  const log = page.getByRole('log');
  await expect(log).toContainText(/The checkpoint at step 20 was not written: .* is full/);
  await expect(log).toContainText('The checkpoint at step 40 was not written');
  await page.getByRole('button', { name: 'Kill' }).click();
  await expect(log).toContainText('Killed after step');
});
