import { createGenerator } from '../generation/generator.ts';
import { arrangeCache, emptyCache, type KvShape } from '../generation/kv-cache.ts';
import { runTokens, type DecoderSession } from '../generation/run-tokens.ts';
import type { Generator } from '../learner-types.ts';
import { openPackage } from '../package.ts';
import { openRuntime } from '../runtime.ts';
import { siteAssets } from '../site-assets.ts';

/** A language model as a server uses it and bare, over one session. */
export interface BenchedModel {
  readonly generator: Generator;
  readonly session: DecoderSession;
  readonly shape: KvShape;
}

/** Opens `oncall-lm` for up to eight texts at once. */
export async function openLanguageModel(): Promise<BenchedModel> {
  const { manifest, model, tokenizer, path } = await openPackage(
    siteAssets,
    'oncall-lm',
    'generate',
  );
  const session = await (await openRuntime(siteAssets, () => {})).open(path, model);
  const generator = createGenerator({ manifest, tokenizer, session }, { maxBatch: 8 });
  await generator.warm(10);
  return { generator, session, shape: manifest.shape };
}

/** Tokens that `generate` gave and the milliseconds that it took. */
export async function generateTokens(
  generator: Generator,
  seed: number,
  maxTokens: number,
): Promise<{ readonly tokens: number; readonly ms: number }> {
  const from = performance.now();
  let tokens = 0;
  const prompt = '# Runbook: storage alert on checkout';
  for await (const token of generator.generate(prompt, { seed, maxTokens }))
    if (token.elapsedMs >= 0) tokens += 1;
  return { tokens, ms: performance.now() - from };
}

/** Milliseconds of a loop that does nothing but run the graph: a prompt, then token after token, over caches of the same widths. */
export async function runBare(
  { session, shape, generator }: BenchedModel,
  tokens: number,
): Promise<number> {
  const prompt = generator.countTokens('# Runbook: storage alert on checkout');
  const blank = emptyCache(shape, 1);
  const widths = Array.from({ length: shape.maxTokens + 1 }, (_, length) =>
    length % 16 === 0 ? arrangeCache(shape, [{ cache: blank, row: 0 }], length + 1) : null,
  );
  const from = performance.now();
  await runTokens(session, shape, blank, [Array.from({ length: prompt }, () => 5)]);
  for (let length = prompt; length < prompt + tokens - 1; length++) {
    const cache = widths[length - (length % 16)] ?? blank;
    cache.lengths[0] = length;
    await runTokens(session, shape, cache, [[5]]);
  }
  return performance.now() - from;
}
