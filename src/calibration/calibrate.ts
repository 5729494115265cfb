import type { Calibration } from './calibration.ts';

export interface CalibrateOptions {
  /** Sends one request to the one replica and resolves at the end of its answer; rejects when it is no success. */
  readonly ask: (signal: AbortSignal) => Promise<void>;
  /** Milliseconds; never goes back. */
  readonly now: () => number;
  /** Resolves after these milliseconds. */
  readonly rest: (milliseconds: number) => Promise<void>;
  readonly signal: AbortSignal;
  /** Whether the tab was hidden since the last call. */
  readonly wasHidden: () => boolean;
  readonly cores: number;
}

const MOST_ATTEMPTS = 3;
const BLOCKS = 3;
/** Requests of a block on their own with pauses, and of a block without. */
const ALONE = 60;
const TOGETHER = 240;
/** In flight at once while the capacity is measured: enough that the replica never waits. */
const IN_FLIGHT = 8;
const WARM_BLOCK = 40;
const MOST_WARM_BLOCKS = 12;
const WARM_ENOUGH = 0.05;
const LARGEST_SPREAD = 0.15;
/** Two answers in one tick of a coarse clock. */
const LEAST_MS = 1e-3;
/** One for the replica, one for everything else. */
const FEWEST_CORES = 2;

interface Block {
  /** Milliseconds of each request on its own. */
  readonly alone: readonly number[];
  /** Milliseconds from one answer to the next while the replica never waits: its service times. */
  readonly gaps: readonly number[];
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
      const alone = await askOneByOne(options, ALONE, options.rest);
      blocks.push({ alone, gaps: await askTogether(options) });
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

/**
 * Milliseconds of each. With `rest`, the replica has as long a pause before the next: at half its
 * capacity it stands still half the time, and the first run after that is slower.
 */
async function askOneByOne(
  { ask, now, signal }: CalibrateOptions,
  count: number,
  rest?: CalibrateOptions['rest'],
): Promise<readonly number[]> {
  const took: number[] = [];
  for (let request = 0; request < count; request += 1) {
    const from = now();
    await ask(signal);
    const ms = now() - from;
    took.push(ms);
    await rest?.(ms);
  }
  return took;
}

/** Gaps between the answers with always as many requests in flight. */
async function askTogether({ ask, now, signal }: CalibrateOptions): Promise<readonly number[]> {
  const ends: number[] = [];
  let left = TOGETHER;
  const client = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      await ask(signal);
      ends.push(now());
    }
  };
  await Promise.all(Array.from({ length: IN_FLIGHT }, client));
  // At both ends fewer are in flight.
  const full = ends.slice(IN_FLIGHT, -IN_FLIGHT);
  return full.slice(1).map((end, index) => end - (full[index] as number));
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
  const gaps = blocks.flatMap((block) => block.gaps);
  return {
    status: circumstances.reasons.length === 0 ? 'ok' : 'unstable',
    ...circumstances,
    serviceMs: median(alone),
    capacity: median(blocks.map(rateOf)),
    overheadMs: alone.length === 0 ? 0 : Math.max(0, median(alone) - median(gaps)),
    samplesMs: gaps.map((ms) => Math.max(LEAST_MS, ms)),
    spread: spreadOf(blocks),
  };
}

/** Requests per second. */
function rateOf({ gaps }: Block): number {
  return 1000 / mean(gaps);
}

function spreadOf(blocks: readonly Block[]): Calibration['spread'] {
  return {
    service: variation(blocks.map(({ alone }) => median(alone))),
    capacity: variation(blocks.map(rateOf)),
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
