import * as comlink from 'comlink';
import { drawTelemetry } from '../draw-telemetry.ts';
import { drawTickets } from '../draw-tickets.ts';
import { createModels, type Models } from '../serve.ts';
import { siteAssets } from '../site-assets.ts';
import type { Manifest } from '../manifest.ts';
import { generateTokens, openLanguageModel, runBare } from './language-model.ts';
import { measureRoofline, type Roofline } from './roofline.ts';
import { lowerQuarter, time } from './statistics.ts';

const SEEDS = [1, 2, 3, 4, 5, 6, 7, 8];
/** The browser compiles the engine's code again while it runs; until then a call is several times as slow. */
const WARM_ROUNDS = 15;
const WARM_BLOCKS = 40;
const models = createModels(siteAssets);

/** What one worker measures of the models; milliseconds, or tokens a second. */
const bench = {
  /** Milliseconds until `triage` is open. */
  load: () => time(async () => models.load('triage')),

  /** Round by round: tokens a second of `generate`, and of the shortest loop over the same graph. */
  async generateAndBare(rounds: number): Promise<{ generate: number[]; bare: number[] }> {
    const model = await openLanguageModel();
    const generate: number[] = [];
    const bare: number[] = [];
    for (let round = -2; round < rounds; round++) {
      const { tokens, ms } = await generateTokens(model.generator, { temperature: 0 });
      const bareMs = await runBare(model, tokens);
      if (round < 0) continue;
      generate.push((1000 * tokens) / ms);
      bare.push((1000 * tokens) / bareMs);
    }
    return { generate, bare };
  },

  /** Round by round: tokens a second of one request, and of eight together. */
  async batches(rounds: number): Promise<{ one: number[]; eight: number[] }> {
    const { generator } = await openLanguageModel();
    const one: number[] = [];
    const eight: number[] = [];
    for (let round = -2; round < rounds; round++) {
      const alone = await generateTokens(generator, { seed: round + 10 });
      const from = performance.now();
      const all = await Promise.all(SEEDS.map((seed) => generateTokens(generator, { seed })));
      const ms = performance.now() - from;
      if (round < 0) continue;
      one.push((1000 * alone.tokens) / alone.ms);
      eight.push((1000 * all.reduce((sum, { tokens }) => sum + tokens, 0)) / ms);
    }
    return { one, eight };
  },

  async roofline(): Promise<Roofline> {
    const { shape } = await openLanguageModel();
    return measureRoofline(shape, 4 * shape.heads * shape.headSize);
  },

  /** Milliseconds of one text or window, or tokens a second of one request; the faster quarter's. */
  async speed(name: string, task: Manifest['task'], variant: string): Promise<number> {
    const options = variant === 'full' ? {} : { variant };
    if (task === 'generate') {
      const generator = await models.loadGenerator(name, options);
      const perToken: number[] = [];
      for (let round = -WARM_ROUNDS; round < 12; round++) {
        const { tokens, ms } = await generateTokens(generator, {});
        if (round >= 0) perToken.push(ms / tokens);
      }
      await generator.dispose();
      return 1000 / lowerQuarter(perToken);
    }
    return timeCall(await openCall(models, name, task, options));
  },
};

/** What a page may ask of the worker. */
export type ModelBench = typeof bench;

/** A model's call for the nth input. */
async function openCall(
  from: Models,
  name: string,
  task: Exclude<Manifest['task'], 'generate'>,
  options: { readonly variant?: string },
): Promise<(index: number) => Promise<unknown>> {
  const texts = drawTickets(1, 50).map(({ text }) => text);
  const text = (index: number): string => texts[index % texts.length] ?? '';
  if (task === 'classify') {
    const classifier = await from.load(name, options);
    return (index) => classifier.classify(text(index));
  }
  if (task === 'embed') {
    const embedder = await from.loadEmbedder(name, options);
    return (index) => embedder.embed(text(index));
  }
  const detector = await from.loadDetector(name, options);
  const { samples } = drawTelemetry(1, 1);
  return (index) => {
    const at = index % (samples.length - detector.samples);
    return detector.detect(samples.slice(at, at + detector.samples));
  };
}

/** In blocks of ten, because a browser's clock is too coarse for one call. */
async function timeCall(call: (index: number) => Promise<unknown>): Promise<number> {
  const seen: number[] = [];
  for (let block = -WARM_BLOCKS; block < 30; block++) {
    const spent = await time(async () => {
      for (let index = 0; index < 10; index++) await call(10 * (block + WARM_BLOCKS) + index);
    });
    if (block >= 0) seen.push(spent / 10);
  }
  return lowerQuarter(seen);
}

comlink.expose(bench);
