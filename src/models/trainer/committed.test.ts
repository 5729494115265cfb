import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { parseManifest } from '../manifest.ts';
import { openTokenizer } from '../tokenizer.ts';
import { openEngine } from './engine.ts';
import { measure } from './measure.ts';
import { RECIPES } from './recipes.ts';

const LARGEST_FILE = 300 * 1024;

describe.each(RECIPES)('the committed model $name', (recipe) => {
  const folder = `models/${recipe.name}`;

  it('is the files that its manifest names, and small', async () => {
    const manifest = parseManifest(await readFile(`${folder}/manifest.json`, 'utf8'));
    for (const { path, bytes, sha256 } of Object.values(manifest.files)) {
      const content = await readFile(`${folder}/${path}`);
      expect(content.length).toBe(bytes);
      expect(createHash('sha256').update(content).digest('hex')).toBe(sha256);
      expect(bytes).toBeLessThanOrEqual(LARGEST_FILE);
    }
    expect((await stat(`${folder}/card.md`)).isFile()).toBe(true);
  });

  it('was made by the recipe that stands in the code', async () => {
    const { name, version, maxTokens, training } = parseManifest(await readFile(`${folder}/manifest.json`, 'utf8'));
    expect({ name, version, maxTokens }).toEqual({ name: recipe.name, version: recipe.version, maxTokens: recipe.shape.maxTokens });
    expect(training).toMatchObject({ dataSeed: recipe.splitSeed, trainSeed: recipe.trainSeed, steps: recipe.steps, batch: recipe.batch });
  });

  it('measures as its manifest says, above its bars', { timeout: 120_000 }, async () => {
    const manifest = parseManifest(await readFile(`${folder}/manifest.json`, 'utf8'));
    const engine = await openEngine('wasm');
    const session = await engine.open(await readFile(`${folder}/${manifest.files.model.path}`), { asServed: true });
    const encoder = openTokenizer(JSON.parse(await readFile(`${folder}/${manifest.files.tokenizer.path}`, 'utf8')) as object);
    const measured = await measure(session, encoder, manifest.maxTokens, manifest.training.dataSeed);
    await session.close();
    const evaluations = Object.fromEntries(Object.entries(measured).map(([set, { evaluation }]) => [set, evaluation]));
    expect(evaluations).toEqual(manifest.evaluation);
    expect(manifest.evaluation.seen.accuracy).toBeGreaterThanOrEqual(0.97);
    expect(manifest.evaluation.unseen.accuracy).toBeGreaterThanOrEqual(0.8);
  });
});
