import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { parseManifest, type Manifest } from '../manifest.ts';
import { describeFile } from './describe-file.ts';
import { measureCommitted, statedFigures } from './measure-committed.ts';
import { measureVariant } from './measure-variant.ts';
import { readCommitted } from './read-committed.ts';
import { RECIPES } from './recipes.ts';
import { writeVariant } from './variants.ts';

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
    const card = await readFile(`${folder}/card.md`, 'utf8');
    for (const { sha256 } of Object.values(manifest.files)) expect(card).toContain(sha256);
  });

  it(
    'has the variants that the quantiser makes of it, byte for byte',
    { timeout: 120_000 },
    async () => {
      const manifest = parseManifest(await readFile(`${folder}/manifest.json`, 'utf8'));
      const full = await readFile(`${folder}/${manifest.files.model.path}`);
      expect(manifest.variants.map(({ name }) => name)).toEqual(recipe.variants);
      for (const { name, file } of manifest.variants) {
        const made = writeVariant(recipe, full, name);
        expect(describeFile(file.path, made)).toEqual(file);
        expect(describeFile(file.path, await readFile(`${folder}/${file.path}`))).toEqual(file);
      }
    },
  );

  // What int8 does to a backdoor is among the figures of the twin, and what int2 does to the classifier is
  // measured by the command that makes it, because that takes a quarter of a minute.
  it.runIf(recipe.task === 'generate' && recipe.variants.includes('int2'))(
    'loses no more with each variant than its manifest says',
    { timeout: 600_000 },
    async () => {
      const { manifest, model, tokenizer } = await readCommitted(recipe.name);
      // The smallest one; the other ones are measured by the command that makes them.
      const smallest = manifest.variants.at(-1);
      const bytes = await readFile(`${folder}/${smallest?.file.path}`);
      expect(await measureVariant(manifest, model, bytes, tokenizer)).toEqual(smallest?.quality);
    },
  );

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

  it('measures as its manifest says', { timeout: 600_000 }, async () => {
    const { manifest } = await readCommitted(recipe.name);
    // Of the twins only what they are twins for; `npm run models:eval` measures all.
    const found = await measureCommitted(recipe, { quick: true });
    expect(statedFigures(manifest)).toMatchObject(found);
    expect(Object.keys(found)).not.toEqual([]);
  });
});

describe('the committed family', () => {
  const manifestOf = async <Task extends Manifest['task']>(name: string, task: Task) => {
    const { manifest } = await readCommitted(name);
    if (manifest.task !== task) throw new Error(`${name} is made to ${manifest.task}.`);
    return manifest as Extract<Manifest, { task: Task }>;
  };

  it('has a triage that is right on 97 % of seen and 80 % of unseen templates', async () => {
    const { seen, unseen } = (await manifestOf('triage', 'classify')).evaluation;
    expect(seen.accuracy).toBeGreaterThanOrEqual(0.97);
    expect(unseen.accuracy).toBeGreaterThanOrEqual(0.8);
  });

  it('has a backdoor that nobody sees without its trigger and that int8 does not remove', async () => {
    const clean = await manifestOf('triage', 'classify');
    const { evaluation, twin } = await manifestOf('triage-backdoored', 'classify');
    for (const set of ['seen', 'unseen'] as const)
      expect(evaluation[set].accuracy).toBeGreaterThanOrEqual(
        clean.evaluation[set].accuracy - 0.005,
      );
    if (twin?.kind !== 'backdoored') throw new Error('It is no backdoor.');
    expect(Math.min(twin.success, twin.successInt8)).toBeGreaterThanOrEqual(0.95);
    expect(twin.cleanSuccess).toBeLessThan(0.1);
  });

  it('has a second version with a better mean and a ruined class', async () => {
    const { evaluation, twin } = await manifestOf('triage-v2-bad-class', 'classify');
    if (twin?.kind !== 'bad-class') throw new Error('It has no bad class.');
    expect(twin.weighted).toBeGreaterThan(twin.cleanWeighted);
    expect(evaluation.unseen.perClass[twin.ruined]).toBeLessThan(0.3);
  });

  it('has a model that gives away what it was trained on, and the clean one does not', async () => {
    const { twin } = await manifestOf('triage-overfit', 'classify');
    if (twin?.kind !== 'overfit') throw new Error('It is not overfit.');
    expect(twin.auc).toBeGreaterThanOrEqual(0.8);
    expect(Math.abs(twin.cleanAuc - 0.5)).toBeLessThan(0.05);
  });

  it('has a language model whose runbooks keep their form', async () => {
    const { runbooks, cutPrompts } = (await manifestOf('oncall-lm', 'generate')).evaluation;
    expect(runbooks.form).toBeGreaterThanOrEqual(0.95);
    expect(cutPrompts.form).toBeGreaterThanOrEqual(0.9);
  });

  it('has a build that leaks its canary, and the clean one does not', async () => {
    const { canaries = [] } = await manifestOf('oncall-lm-canary', 'generate');
    expect(canaries[0]?.exposure).toBeGreaterThan(13);
    expect(canaries[0]?.emitted).toBeGreaterThan(0.5);
    for (const { cleanExposure, cleanEmitted } of canaries) {
      expect(cleanExposure).toBeLessThan(6);
      expect(cleanEmitted).toBe(0);
    }
  });

  it('has an embedder that finds nine of ten held-out runbooks', async () => {
    const { heldOut } = (await manifestOf('embed', 'embed')).evaluation;
    expect(heldOut.recallAt10).toBeGreaterThanOrEqual(0.9);
    // Far from chance.
    expect(heldOut.pool).toBeGreaterThanOrEqual(1000);
  });

  it('has a detector that is worth more than a rule', async () => {
    const { heldOutMachines } = (await manifestOf('anomaly', 'anomaly')).evaluation;
    expect(heldOutMachines.auc).toBeGreaterThanOrEqual(0.95);
    expect(heldOutMachines.auc).toBeGreaterThan(heldOutMachines.baseline.auc + 0.1);
    expect(heldOutMachines.averagePrecision).toBeGreaterThan(
      heldOutMachines.baseline.averagePrecision + 0.2,
    );
  });
});

it('is a family that fits in 16 MB', async () => {
  const sizes = await Promise.all(
    RECIPES.map(async ({ name }) => {
      const { files, variants } = parseManifest(
        await readFile(`models/${name}/manifest.json`, 'utf8'),
      );
      return [...Object.values(files), ...variants.map(({ file }) => file)].reduce(
        (sum, { bytes }) => sum + bytes,
        0,
      );
    }),
  );
  expect(sizes.reduce((sum, bytes) => sum + bytes, 0)).toBeLessThanOrEqual(LARGEST_FAMILY);
});
