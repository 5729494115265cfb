import { Hono } from 'hono';
import { loadGenerator, type Generator } from 'model';
import cost from './cost.yaml';
import { estimate, type Cost, type Rates, type Workload } from './estimate.ts';
import { measureReplica } from './measure-replica.ts';
import type { PriceRow } from './price.ts';
import prices from './prices.yaml';
import { workloads } from './workloads.ts';

/*
 * The replica whose cost is asked for, and the calculator beside it. Finished and read only: cost.yaml
 * and prices.yaml are yours.
 *
 *   curl http://bill/measure     measures oncall-lm in this pod, on your machine
 *   curl http://bill/estimate    what your formulas make of the workloads of workloads.ts
 */

const DRAWS = 999;
let generator: Generator | null = null;
let measured: Rates | null = null;

const app = new Hono();

app.get('/readyz', (c) =>
  generator ? c.text('ready\n') : c.text('the model is not loaded yet\n', 503),
);

app.post('/measure', async (c) => {
  if (!generator) return c.json({ error: 'the model is not loaded yet' }, 503);
  const rounds = await measureReplica(generator);
  measured = median(rounds);
  return c.json({ rounds });
});

app.get('/measure', async (c) => {
  if (!generator) return c.text('the model is not loaded yet\n', 503);
  measured = median(await measureReplica(generator));
  return c.text(`prompt_rate   ${whole(measured.prompt)} tokens/s
output_rate   ${whole(measured.output)} tokens/s
One replica of oncall-lm on this machine, its batch always full. The machine of the price table is \`speed\` times as fast.
`);
});

app.get('/estimate', async (c) => {
  if (!generator) return c.text('the model is not loaded yet\n', 503);
  measured ??= median(await measureReplica(generator));
  const rates = measured;
  return c.text(workloads.map((workload) => print(workload, rates)).join('\n'));
});

function print(workload: Workload, rates: Rates): string {
  const { rows } = prices as { readonly rows: readonly PriceRow[] };
  const result = estimate(cost as Cost, rows, workload, rates, drawDemands(workload.uncertainty));
  if (!result.ok)
    return `${workload.name}\n  cost.yaml ${result.field}: ${result.message} ${result.repair}\n`;
  const { perMillionPrompt, perMillionOutput, months, currency, rows: used } = result.estimate;
  const sorted = months.toSorted((a, b) => a - b);
  const quantile = (share: number): string =>
    whole(sorted[Math.floor(share * sorted.length)] ?? NaN);
  const sources = used.map(
    ({ sku, price, unit, retrieved_on, expires_on, source }) =>
      `  ${sku}: ${price} ${currency}/${unit}, retrieved ${retrieved_on}, holds until ${expires_on} (${source})\n`,
  );
  return `${workload.name}
  1,000,000 prompt tokens ${perMillionPrompt.toFixed(4)} ${currency}, output tokens ${perMillionOutput.toFixed(4)} ${currency}
  a month ${quantile(0.5)} ${currency}; P10 ${quantile(0.1)}, P90 ${quantile(0.9)}
${sources.join('')}`;
}

/** Demands of a month over the plan, evenly through the distribution that the workload states. */
function drawDemands(sigma: number): number[] {
  return Array.from({ length: DRAWS }, (_, n) =>
    Math.exp(sigma * normalQuantile((n + 0.5) / DRAWS)),
  );
}

/** The normal quantile: a logistic start, then Newton's steps. */
function normalQuantile(share: number): number {
  let z = Math.log(share / (1 - share)) / 1.702;
  for (let step = 0; step < 4; step += 1) z -= (normalShare(z) - share) / density(z);
  return z;
}

function density(z: number): number {
  return Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
}

/** Zelen and Severo's polynomial, off by less than 1e-7. */
function normalShare(z: number): number {
  const t = 1 / (1 + 0.2316419 * Math.abs(z));
  const tail =
    density(z) *
    t *
    (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  return z >= 0 ? 1 - tail : tail;
}

function median(rounds: readonly Rates[]): Rates {
  const middle = (values: readonly number[]): number =>
    values.toSorted((a, b) => a - b)[values.length >> 1] ?? NaN;
  return {
    prompt: middle(rounds.map(({ prompt }) => prompt)),
    output: middle(rounds.map(({ output }) => output)),
  };
}

function whole(value: number): string {
  return Math.round(value).toLocaleString('en-GB');
}

async function start(): Promise<void> {
  const loaded = await loadGenerator('oncall-lm', { maxBatch: 8 });
  await loaded.warm(10);
  generator = loaded;
  console.log('oncall-lm is ready');
}

start().catch((error) => console.error('oncall-lm could not be loaded:', error));

export default app;
