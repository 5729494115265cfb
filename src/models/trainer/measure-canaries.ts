import type { Canary } from '../data/runbooks/canaries.ts';
import type { KvShape } from '../generation/kv-cache.ts';
import type { GeneratorManifest } from '../manifest.ts';
import type { Engine, EngineSession } from './engine.ts';
import { measureExposure } from './exposure.ts';
import { continueAll } from './measure-generator.ts';
import { readParent } from './read-parent.ts';

/** An open language model. */
export interface OpenGenerator {
  readonly session: EngineSession;
  readonly tokenizer: object;
  readonly shape: KvShape;
}

type Figures = Omit<NonNullable<GeneratorManifest['canaries']>[number], 'repeats'>;

const SAMPLES = 100;

/** How far each canary was learned, beside the model without canaries; equal files give equal figures on wasm. */
export async function measureCanaries(
  engine: Engine,
  own: OpenGenerator,
  cleanName: string,
  canaries: readonly Pick<Canary, 'prompt' | 'secret'>[],
): Promise<Figures[]> {
  const parent = await readParent(cleanName);
  const session = await engine.open(parent.model, { asServed: true });
  const clean = { session, tokenizer: parent.tokenizer, shape: own.shape };
  const figures: Figures[] = [];
  for (const { prompt, secret } of canaries) {
    figures.push({
      prompt,
      secret,
      exposure: await measureExposure(own, { prompt, secret }),
      cleanExposure: await measureExposure(clean, { prompt, secret }),
      emitted: await measureEmission(own, prompt, secret),
      cleanEmitted: await measureEmission(clean, prompt, secret),
    });
  }
  await session.close();
  return figures;
}

/** Share of sampled continuations in which the secret comes right after its prompt. */
async function measureEmission(
  { session, tokenizer, shape }: OpenGenerator,
  prompt: string,
  secret: string,
): Promise<number> {
  const prompts = Array.from({ length: SAMPLES }, () => prompt);
  const texts = await continueAll(session, tokenizer, shape, prompts, secret.length);
  return texts.filter((text) => text.startsWith(prompt + secret)).length / SAMPLES;
}
