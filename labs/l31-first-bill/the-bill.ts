import * as z from 'zod';
import type { LabCheckContext } from '#labs/check-context.ts';
import { pause } from '#labs/pause.ts';
import { readSettings } from '#labs/read-settings.ts';
import { drawBills, drawPrices, type HiddenBill, type HiddenPrices } from './hidden-bill.ts';
import { costSchema, pricesSchema } from './settings.ts';
import { estimate, type Cost, type Estimated, type Rates } from './start/estimate.ts';
import type { PriceRow } from './start/price.ts';

/** What the checks of one grade share. */
export interface Attempt {
  readonly cost: Cost;
  readonly ownRows: readonly PriceRow[];
  readonly rates: Rates;
  /** Standard deviation of the measurements over their mean. */
  readonly spread: number;
  readonly prices: HiddenPrices;
  readonly bills: readonly HiddenBill[];
}

const START_MS = 30_000;
/** On a quiet machine it is 2 and more. */
const LEAST_RATIO = 1.3;
const MEASUREMENTS = 3;

const roundsSchema = z.strictObject({
  rounds: z
    .array(z.strictObject({ prompt: z.number().positive(), output: z.number().positive() }))
    .min(1),
});

/**
 * The learner's inputs, the replica's rates on this machine, and the workloads and prices of this
 * attempt; measured once a grade. Throws when the machine is too restless to tell reading from writing, which costs nobody points.
 */
export async function openAttempt(context: LabCheckContext, signal: AbortSignal): Promise<Attempt> {
  const known = context.notes.get('attempt') as Attempt | undefined;
  if (known) return known;
  const cost = readSettings(context.files, 'cost.yaml', costSchema);
  const own = readSettings(context.files, 'prices.yaml', pricesSchema);
  if (!cost.ok || !own.ok) throw new Error('The settings were accepted when they were deployed.');
  const { rates, spread } = await measureRates(context, signal);
  const prices = drawPrices(context.random);
  const bills = drawBills(context.random, rates, prices);
  const attempt = { cost: cost.value, ownRows: own.value.rows, rates, spread, prices, bills };
  context.notes.set('attempt', attempt);
  return attempt;
}

/** What the learner's formulas make of a hidden workload at these demands, with the grader's prices. */
export function estimateHidden(
  { cost, prices, rates }: Attempt,
  { workload }: HiddenBill,
  demands: readonly number[],
): Estimated {
  return estimate(cost, prices.rows, workload, rates, demands);
}

/**
 * The middle of three measurements. Both the bill and the learner's formulas get it, so unrest moves
 * both; it must only show that reading is cheaper than writing, which one of the checks asks about.
 */
async function measureRates(context: LabCheckContext, signal: AbortSignal): Promise<Measured> {
  for (let attempt = 1; ; attempt += 1) {
    const rounds = await measure(context, signal);
    const rates = { prompt: middleOf(rounds, 'prompt'), output: middleOf(rounds, 'output') };
    if (rates.prompt >= LEAST_RATIO * rates.output)
      return { rates, spread: Math.max(spreadOf(rounds, 'prompt'), spreadOf(rounds, 'output')) };
    if (attempt === MEASUREMENTS)
      throw new Error(
        'The replica seems to read no faster than it writes, which is unrest of this machine. Close what else keeps it busy and check again.',
      );
  }
}

interface Measured {
  readonly rates: Rates;
  readonly spread: number;
}

async function measure(
  { cluster }: LabCheckContext,
  signal: AbortSignal,
): Promise<readonly Rates[]> {
  const startedAt = performance.now();
  for (;;) {
    const response = await cluster.fetch(
      new Request('http://bill/measure', { method: 'POST', signal }),
    );
    const text = await response.text();
    if (response.ok) return roundsSchema.parse(JSON.parse(text)).rounds;
    // Nothing that the learner can change runs in this pod.
    if (performance.now() - startedAt > START_MS)
      throw new Error(
        `The replica was not ready within ${START_MS / 1000} s: ${response.status} ${text}`,
      );
    await pause(100, signal);
  }
}

function middleOf(rounds: readonly Rates[], of: keyof Rates): number {
  const sorted = rounds.map((round) => round[of]).toSorted((a, b) => a - b);
  return sorted[sorted.length >> 1] as number;
}

/** Standard deviation over mean. */
function spreadOf(rounds: readonly Rates[], of: keyof Rates): number {
  const values = rounds.map((round) => round[of]);
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return Math.sqrt(squares / Math.max(1, values.length - 1)) / mean;
}
