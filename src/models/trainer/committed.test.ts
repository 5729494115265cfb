import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { parseManifest } from '../manifest.ts';
import { describeFile } from './describe-file.ts';
import { measureCommitted } from './measure-committed.ts';
import { measureVariant } from './measure-variant.ts';
import { RECIPES } from './recipes.ts';
import { SCHEMES, writeVariant } from './variants.ts';

const LARGEST_FILE = 4_000_000;
const LARGEST_FAMILY = 16_000_000;

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

  it(
    'has the variants that the quantiser makes of it, byte for byte',
    { timeout: 120_000 },
    async () => {
      const manifest = parseManifest(await readFile(`${folder}/manifest.json`, 'utf8'));
      const full = await readFile(`${folder}/${manifest.files.model.path}`);
      expect(manifest.variants.map(({ name }) => name)).toEqual(SCHEMES);
      for (const { name, file } of manifest.variants) {
        const made = writeVariant(recipe, full, name);
        expect(describeFile(file.path, made)).toEqual(file);
        expect(describeFile(file.path, await readFile(`${folder}/${file.path}`))).toEqual(file);
      }
    },
  );

  it('loses no more with each variant than its manifest says', { timeout: 600_000 }, async () => {
    const manifest = parseManifest(await readFile(`${folder}/manifest.json`, 'utf8'));
    const full = await readFile(`${folder}/${manifest.files.model.path}`);
    const tokenizer = JSON.parse(
      await readFile(`${folder}/${manifest.files.tokenizer.path}`, 'utf8'),
    ) as object;
    // The smallest one; the other ones are measured by the command that makes them.
    const smallest = manifest.variants.at(-1);
    expect(
      await measureVariant(
        manifest,
        full,
        await readFile(`${folder}/${smallest?.file.path}`),
        tokenizer,
      ),
    ).toEqual(smallest?.quality);
  });

  it('was made by the recipe that stands in the code', async () => {
    const { name, version, task, training } = parseManifest(
      await readFile(`${folder}/manifest.json`, 'utf8'),
    );
    expect({ name, version, task }).toEqual({
      name: recipe.name,
      version: recipe.version,
      task: recipe.task,
    });
    expect(training).toMatchObject({
      trainSeed: recipe.trainSeed,
      steps: recipe.steps,
      batch: recipe.batch,
    });
  });

  it('measures as its manifest says, above its bars', { timeout: 600_000 }, async () => {
    const manifest = parseManifest(await readFile(`${folder}/manifest.json`, 'utf8'));
    expect(await measureCommitted(folder, manifest)).toEqual(manifest.evaluation);
    if (manifest.task === 'generate') {
      expect(manifest.evaluation.runbooks.form).toBeGreaterThanOrEqual(0.95);
      expect(manifest.evaluation.cutPrompts.form).toBeGreaterThanOrEqual(0.9);
    } else {
      expect(manifest.evaluation.seen.accuracy).toBeGreaterThanOrEqual(0.97);
      expect(manifest.evaluation.unseen.accuracy).toBeGreaterThanOrEqual(0.8);
    }
  });
});

it('is a family that fits in 16 MB', async () => {
  const sizes = await Promise.all(
    RECIPES.map(async ({ name }) => {
      const { files, variants } = parseManifest(
        await readFile(`models/${name}/manifest.json`, 'utf8'),
      );
      return [files.model, files.tokenizer, ...variants.map(({ file }) => file)].reduce(
        (sum, { bytes }) => sum + bytes,
        0,
      );
    }),
  );
  expect(sizes.reduce((sum, bytes) => sum + bytes, 0)).toBeLessThanOrEqual(LARGEST_FAMILY);
});
