import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { openEngine } from './engine.ts';
import { trainFiles } from './make.ts';
import { recipeNamed } from './recipes.ts';

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

it('gives the same bytes for the same seed, and others for another, on the wasm engine', { timeout: 60_000 }, async () => {
  const engine = await openEngine('wasm');
  const recipe = { ...recipeNamed('triage'), steps: 20, batch: 8 };
  const hashes = async (trainSeed: number): Promise<string[]> => {
    const { model, tokenizer } = await trainFiles({ ...recipe, trainSeed }, engine);
    return [sha256(model), sha256(tokenizer)];
  };
  const first = await hashes(1);
  expect(await hashes(1)).toEqual(first);
  expect((await hashes(2))[0]).not.toBe(first[0]);
});
