import type { Calibration } from './calibration.ts';

export interface CalibrateOptions {
  /** Sends one request to the one replica and resolves at the end of its answer; rejects when it is no success. */
  readonly ask: (signal: AbortSignal) => Promise<void>;
  /** Milliseconds; never goes back. */
  readonly now: () => number;
  readonly signal: AbortSignal;
  /** Whether the tab was hidden since the last call. */
  readonly wasHidden: () => boolean;
  readonly cores: number;
}

const MOST_ATTEMPTS = 3;
const BLOCKS = 3;
/** Requests of a block on their own, and of a block without pauses. */
const ALONE = 120;
const TOGETHER = 240;
/** In flight at once while the capacity is measured: enough that the replica never waits. */
const IN_FLIGHT = 8;
const WARM_BLOCK = 40;
const MOST_WARM_BLOCKS = 12;
const WARM_ENOUGH = 0.05;
const LARGEST_SPREAD = 0.15;
/** One for the replica, one for everything else. */
const FEWEST_CORES = 2;

interface Block {
  readonly alone: readonly number[];
  readonly ratePerSecond: number;
}

/**
 * Measures one replica: warm-up until its median settles, then three times some requests one by one
 * and some without pauses. Measures again, three times at most, while the three differ by more than
 * 15 % or the tab was hidden. A request that fails is a reason, not an error; rejects only with the
 * signal's reason.
 */
export async function calibrate(options: CalibrateOptions): Promise<Calibration> {
  const { cores, signal } = options;
  for (let attempts = 1; ; attempts += 1) {
    const measured = await measure(options);
    signal.throwIfAborted();
    const reasons = typeof measured === 'string' ? [measured] : judge(measured, options);
    if (reasons.length === 0 || attempts === MOST_ATTEMPTS)
      return summarise(typeof measured === 'string' ? [] : measured, { reasons, attempts, cores });
  }
}

/** The blocks, or why there are none. */
async function measure(options: CalibrateOptions): Promise<readonly Block[] | string> {
  options.wasHidden();
  try {
    await warmUp(options);
    const blocks: Block[] = [];
    for (let block = 0; block < BLOCKS; block += 1) {
      const alone = await askOneByOne(options, ALONE);
      blocks.push({ alone, ratePerSecond: await askTogether(options) });
    }
    return blocks;
  } catch (error) {
    options.signal.throwIfAborted();
    return `A request of the calibration failed: ${error instanceof Error ? error.message : String(error)}`;
  }
}

async function warmUp(options: CalibrateOptions): Promise<void> {
  let before = Infinity;
  for (let block = 0; block < MOST_WARM_BLOCKS; block += 1) {
    const now = median(await askOneByOne(options, WARM_BLOCK));
    if (Math.abs(now / before - 1) <= WARM_ENOUGH) return;
    before = now;
  }
}

async function askOneByOne(
  { ask, now, signal }: CalibrateOptions,
  count: number,
): Promise<readonly number[]> {
  const took: number[] = [];
  for (let request = 0; request < count; request += 1) {
    const from = now();
    await ask(signal);
    took.push(now() - from);
  }
  return took;
}

/** Requests per second with always as many in flight. */
async function askTogether({ ask, now, signal }: CalibrateOptions): Promise<number> {
  let left = TOGETHER;
  const from = now();
  const client = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      await ask(signal);
    }
  };
  await Promise.all(Array.from({ length: IN_FLIGHT }, client));
  return (TOGETHER / (now() - from)) * 1000;
}

function judge(blocks: readonly Block[], { wasHidden, cores }: CalibrateOptions): string[] {
  const reasons: string[] = [];
  const spread = spreadOf(blocks);
  const percent = (value: number): string => `${Math.round(value * 100)} %`;
  if (wasHidden())
    reasons.push('The tab was hidden during the calibration, and browsers slow hidden tabs down.');
  if (cores < FEWEST_CORES)
    reasons.push(
      `This machine offers ${cores} processor core, so load and replica would take turns on it.`,
    );
  if (spread.service > LARGEST_SPREAD)
    reasons.push(
      `Three measurements of the service time differ by ${percent(spread.service)}, and more than 15 % is too much. Close what else keeps this machine busy.`,
    );
  if (spread.capacity > LARGEST_SPREAD)
    reasons.push(
      `Three measurements of the capacity differ by ${percent(spread.capacity)}, and more than 15 % is too much. Close what else keeps this machine busy.`,
    );
  return reasons;
}

function summarise(
  blocks: readonly Block[],
  circumstances: Pick<Calibration, 'reasons' | 'attempts' | 'cores'>,
): Calibration {
  const alone = blocks.flatMap((block) => block.alone);
  const capacityPerSecond = median(blocks.map(({ ratePerSecond }) => ratePerSecond));
  // Answers that travel while the next one is worked on make 1 / mu shorter than a request on its own.
  const overheadMs = Math.max(0, mean(alone) - 1000 / capacityPerSecond);
  const least = Math.max(1e-3, ...(alone.length > 0 ? [Math.min(...alone) * 0.1] : []));
  return {
    status: circumstances.reasons.length === 0 ? 'ok' : 'unstable',
    ...circumstances,
    serviceMs: median(alone),
    capacityPerSecond,
    overheadMs: alone.length > 0 ? overheadMs : 0,
    samplesMs: alone.map((ms) => Math.max(least, ms - overheadMs)),
    spread: spreadOf(blocks),
  };
}

function spreadOf(blocks: readonly Block[]): Calibration['spread'] {
  return {
    service: variation(blocks.map(({ alone }) => median(alone))),
    capacity: variation(blocks.map(({ ratePerSecond }) => ratePerSecond)),
  };
}

function variation(values: readonly number[]): number {
  const centre = mean(values);
  const squares = values.map((value) => (value - centre) ** 2);
  return Math.sqrt(squares.reduce((sum, one) => sum + one, 0) / (values.length - 1)) / centre;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? NaN;
}
