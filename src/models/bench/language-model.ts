import { createGenerator } from '../generation/generator.ts';
import { appendToCache, arrangeCache, emptyCache, type KvShape } from '../generation/kv-cache.ts';
import { runTokens, type DecoderSession } from '../generation/run-tokens.ts';
import type { Generator } from '../learner/generator.ts';
import { openPackage } from '../package.ts';
import { openRuntime } from '../runtime.ts';
import { indexOfLargest } from '../scores.ts';
import { siteAssets } from '../site-assets.ts';

/** A language model as a server uses it and bare, over one session. */
export interface BenchedModel {
  readonly generator: Generator;
  readonly session: DecoderSession;
  readonly shape: KvShape;
}

/** Hardly any runbook ends sooner. */
const TOKENS = 96;
const PROMPT = '# Runbook: storage alert on checkout';

/** Opens `oncall-lm` for up to eight texts at once. */
export async function openLanguageModel(): Promise<BenchedModel> {
  const { manifest, model, tokenizer, path } = await openPackage(
    siteAssets,
    'oncall-lm',
    'generate',
  );
  const runtime = await openRuntime(siteAssets);
  const session = await runtime.open(path, model, 'fold-constants');
  const generator = createGenerator({ manifest, tokenizer, session }, { maxBatch: 8 });
  await generator.warm(10);
  return { generator, session, shape: manifest.shape };
}

/** Tokens that `generate` gave and the milliseconds that it took; `temperature` 0 asks for no draw. */
export async function generateTokens(
  generator: Generator,
  { seed = 1, temperature = 0.7 }: { readonly seed?: number; readonly temperature?: number },
): Promise<{ readonly tokens: number; readonly ms: number }> {
  const from = performance.now();
  let tokens = 0;
  for await (const token of generator.generate(PROMPT, {
    seed,
    temperature,
    maxTokens: TOKENS,
  }))
    if (token.elapsedMs >= 0) tokens += 1;
  return { tokens, ms: performance.now() - from };
}

/**
 * Milliseconds of the shortest loop that writes: run the graph for one row, take the likeliest token, keep its keys and
 * values. No queue, no batch, no other requests, no text.
 */
export async function runBare(
  { session, shape, generator }: BenchedModel,
  tokens: number,
): Promise<number> {
  const prompt = Array.from({ length: generator.countTokens(PROMPT) }, () => 5);
  const from = performance.now();
  let run = await runTokens(session, shape, emptyCache(shape, 1), [prompt]);
  let cache = arrangeCache(shape, [{ cache: emptyCache(shape, 1), row: 0 }], prompt.length);
  appendToCache(shape, cache, run.outputs, [prompt.length]);
  for (let made = 1; made < tokens; made++) {
    const next = indexOfLargest(run.logitsOf(0));
    if (cache.columns === cache.lengths[0]) cache = arrangeCache(shape, [{ cache, row: 0 }]);
    run = await runTokens(session, shape, cache, [[next]]);
    appendToCache(shape, cache, run.outputs, [1]);
  }
  return performance.now() - from;
}
