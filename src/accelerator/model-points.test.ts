import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { parseManifest } from '#models/manifest.ts';
import { readModelPoints } from './model-points.ts';

const read = async (name: string) => {
  const manifest = parseManifest(await readFile(`models/${name}/manifest.json`, 'utf8'));
  return readModelPoints(manifest, await readFile(`models/${name}/${manifest.files.model.path}`));
};

it('counts for oncall-lm what its shape gives: four products of the width, two of the hidden layer, one of the vocabulary', async () => {
  const manifest = parseManifest(await readFile('models/oncall-lm/manifest.json', 'utf8'));
  if (manifest.task !== 'generate') throw new Error('oncall-lm generates');
  const { layers, heads, headSize, vocabulary } = manifest.shape;
  const width = heads * headSize;
  const weights = layers * width * (4 * width + 2 * 4 * width) + width * vocabulary;
  const [one, eight] = await read('oncall-lm');
  expect(one?.flops).toBe(2 * weights + 4 * layers * width * 96);
  expect(one?.bytes).toBe(4 * weights + 4 * 2 * layers * width * 96);
  expect(eight?.flops).toBe(8 * (one?.flops ?? 0));
});

it('has work and traffic for every other model', async () => {
  for (const name of ['triage', 'embed', 'anomaly']) {
    for (const { flops, bytes } of await read(name)) {
      expect(flops, name).toBeGreaterThan(1000);
      expect(bytes, name).toBeGreaterThan(1000);
    }
  }
});
