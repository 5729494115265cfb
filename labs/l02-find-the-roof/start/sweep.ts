import { load, loadGenerator, type Classifier, type Generator } from 'model';
import { summarise, type Summary } from './summarise.ts';

/** How a sweep is taken: what bench.yaml says. */
export interface Bench {
  /** How many texts are worked on together, one point each. */
  readonly batches: readonly number[];
  /** Runs of each batch that are thrown away. */
  readonly warm_up: number;
  /** Runs of each batch that count. */
  readonly repeats: number;
  /** What the clock is around: one step, a whole request, or everything from opening the model on. */
  readonly timed: 'step' | 'request' | 'everything';
  /** What becomes of the repeats. */
  readonly summary: Summary;
}

/** What can be swept: a language model that writes token by token, and a classifier that reads a text at once. */
export type Swept = 'oncall-lm' | 'triage';

/** One batch: milliseconds that a step of all its texts takes together. */
export interface Point {
  readonly batch: number;
  readonly ms: number;
  /** Every sample, in order. */
  readonly samples: readonly number[];
}

/** Milliseconds of one run, by where the clock was started. */
interface Run {
  readonly steps: readonly number[];
  readonly request: number;
}

type Model = (batch: number) => Promise<Run>;

/** Samples that a run gives. */
const SAMPLES = 6;
const PROMPT = '# Runbook: storage alert on checkout';
const TEXT = 'disk full on node-7';

/** Opens the model anew and takes the sweep, round by round, every batch once a round. */
export async function sweep(model: Swept, bench: Bench): Promise<readonly Point[]> {
  const from = performance.now();
  const [run, close] = await open(model, bench);
  const openingMs = performance.now() - from;
  const samples = bench.batches.map((): number[] => []);
  for (let round = 0; round < bench.warm_up + bench.repeats; round += 1)
    for (const [at, batch] of bench.batches.entries()) {
      const { steps, request } = await run(batch);
      // A turn of the event loop, so that the pod answers its probes.
      await new Promise((resolve) => setTimeout(resolve));
      if (round < bench.warm_up) continue;
      if (bench.timed === 'step') samples[at]?.push(...steps);
      else samples[at]?.push(bench.timed === 'request' ? request : request + openingMs);
    }
  await close();
  return bench.batches.map((batch, at) => ({
    batch,
    ms: summarise(samples[at] ?? [], bench.summary),
    samples: samples[at] ?? [],
  }));
}

async function open(model: Swept, { batches }: Bench): Promise<[Model, () => Promise<void>]> {
  if (model === 'triage') {
    const classifier = await load('triage');
    return [(batch) => classify(classifier, batch), () => classifier.dispose()];
  }
  const generator = await loadGenerator('oncall-lm', { maxBatch: Math.max(...batches) });
  return [(batch) => decode(generator, batch), () => generator.dispose()];
}

/** So many texts are continued together. A step makes one token for each of them. */
async function decode(generator: Generator, batch: number): Promise<Run> {
  const together = togetherOf(batch);
  const steps = SAMPLES * together;
  const from = performance.now();
  const rows = await Promise.all(
    Array.from({ length: batch }, async () => {
      const at: number[] = [];
      const options = { maxTokens: steps + 1, temperature: 0 };
      for await (const { id } of generator.generate(PROMPT, options))
        if (id >= 0) at.push(performance.now());
      return at;
    }),
  );
  const request = (performance.now() - from) / steps;
  // Prompts are read before: a step counts from when the last of the texts has its first token.
  const begun = Math.max(...rows.map((at) => at[0] ?? Number.NaN));
  const at = (rows[0] ?? []).filter((each) => each >= begun);
  return { steps: stepsOf(at, Math.min(together, at.length - 1)), request };
}

/**
 * Steps that make one sample. A browser's clock is coarse, and the quickest of many samples is one that it
 * rounded down.
 */
function togetherOf(batch: number): number {
  return Math.max(2, Math.round(16 / (batch + 2)));
}

/** Milliseconds of a step, from when each token came. */
function stepsOf(at: readonly number[], together: number): number[] {
  const found: number[] = [];
  for (let end = together; end < at.length; end += together)
    found.push(((at[end] ?? Number.NaN) - (at[end - together] ?? Number.NaN)) / together);
  return found;
}

/** A classifier has no tokens to write: its step is one run over all texts. */
async function classify(classifier: Classifier, batch: number): Promise<Run> {
  const texts = Array.from({ length: batch }, () => TEXT);
  const from = performance.now();
  await classifier.classifyBatch(texts);
  const step = performance.now() - from;
  return { steps: [step], request: step };
}
