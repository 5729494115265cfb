import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import type { AnomalyManifest } from '../manifest.ts';
import { openEngine } from './engine.ts';
import { trainClassifier } from './train-classifier.ts';
import { readCommitted } from './read-committed.ts';
import type { ClassifierRecipe, DetectorRecipe, EmbedderRecipe } from './recipe.ts';
import { CLASSIFIERS, GENERATORS, recipeNamed } from './recipes.ts';
import { trainDetector } from './train-detector.ts';
import { trainEmbedder } from './train-embedder.ts';
import { trainGenerator } from './train-generator.ts';

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

it(
  'gives the same bytes for the same seed, and others for another, on the wasm engine',
  { timeout: 120_000 },
  async () => {
    const engine = await openEngine('wasm');
    const { shape, ...rest } = CLASSIFIERS[0] as ClassifierRecipe;
    // The whole model but for a smaller vocabulary and batch, which only cost time.
    const recipe = { ...rest, shape: { ...shape, vocabulary: 400 }, steps: 20, batch: 4 };
    const hashes = async (trainSeed: number): Promise<string[]> => {
      const { model, tokenizer } = await trainClassifier({ ...recipe, trainSeed }, engine);
      return [sha256(model), sha256(tokenizer)];
    };
    const first = await hashes(1);
    expect(await hashes(1)).toEqual(first);
    expect((await hashes(2))[0]).not.toBe(first[0]);
  },
);

it(
  'gives a language model of the same bytes for the same seed, and others for another, on the wasm engine',
  { timeout: 600_000 },
  async () => {
    const engine = await openEngine('wasm');
    // All layers and the full context; fewer merges, which only cost time.
    const [recipe] = GENERATORS.map((known) => ({
      ...known,
      shape: { ...known.shape, vocabulary: 320 },
      steps: 8,
      batch: 1,
    }));
    if (!recipe) throw new Error('There is no recipe for a language model.');
    const hashes = async (trainSeed: number): Promise<string[]> => {
      const { model, tokenizer } = await trainGenerator({ ...recipe, trainSeed }, engine);
      return [sha256(model), sha256(tokenizer)];
    };
    const first = await hashes(1);
    expect(await hashes(1)).toEqual(first);
    expect((await hashes(2))[0]).not.toBe(first[0]);
  },
);

it('gives an embedder of the same bytes for the same seed, on the wasm engine', async () => {
  const engine = await openEngine('wasm');
  const recipe = { ...recipeNamed('embed'), steps: 20 } as EmbedderRecipe;
  const small = { ...recipe, batch: 6, grid: { topics: 3, services: 2 } };
  const hash = async (): Promise<string> => sha256((await trainEmbedder(small, engine)).model);
  expect(await hash()).toBe(await hash());
});

it('makes the committed detector again, byte for byte', { timeout: 120_000 }, async () => {
  const recipe = recipeNamed('anomaly') as DetectorRecipe;
  const { model, training } = await trainDetector(recipe, await openEngine('wasm'));
  const { files } = (await readCommitted('anomaly')).manifest as AnomalyManifest;
  expect(sha256(model)).toBe(files.model.sha256);
  expect(sha256(training)).toBe(files.training.sha256);
});
