import type { GeneratorManifest } from '../manifest.ts';
import { describeFile } from './describe-file.ts';
import type { Watch } from './descend.ts';
import { openEngine, type Engine } from './engine.ts';
import { describeGeneratorCard } from './generator-card.ts';
import { measureCanaries } from './measure-canaries.ts';
import { measureGenerator } from './measure-generator.ts';
import type { GeneratorRecipe } from './recipe.ts';
import { trainGenerator } from './train-generator.ts';
import { describeTraining, followTraining } from './training-record.ts';

/** A trained language model as files by name, before any of them is written. */
interface MadeGenerator {
  readonly files: Readonly<Record<string, Uint8Array | string>>;
  readonly manifest: GeneratorManifest;
}

/** Trains, measures on the wasm engine (the one that serves), and describes the result. */
export async function makeGenerator(
  recipe: GeneratorRecipe,
  engine: Engine,
  watch: Watch = {},
): Promise<MadeGenerator> {
  const followed = followTraining(watch.onStep);
  const trained = await trainGenerator(recipe, engine, { ...watch, onStep: followed.onStep });
  const figures = {
    parameters: trained.parameters,
    wallSeconds: followed.seconds(),
    finalLoss: followed.finalLoss(),
  };
  const { heads, width, layers, vocabulary, maxTokens } = recipe.shape;
  const shape = { layers, heads, headSize: width / heads, vocabulary, maxTokens };
  const wasm = await openEngine('wasm');
  const session = await wasm.open(trained.model, { asServed: true });
  const tokenizer = JSON.parse(new TextDecoder().decode(trained.tokenizer)) as object;
  const { evaluation, runbooks } = await measureGenerator(session, tokenizer, shape);
  const { startFrom, canaries } = recipe;
  const leaks =
    startFrom &&
    canaries &&
    (await measureCanaries(wasm, { session, tokenizer, shape }, startFrom, canaries));
  await session.close();
  const model = `${recipe.name}.onnx`;
  const manifest: GeneratorManifest = {
    schema: 1,
    task: 'generate',
    name: recipe.name,
    version: recipe.version,
    licence: 'Apache-2.0',
    shape,
    files: {
      model: describeFile(model, trained.model),
      tokenizer: describeFile('tokenizer.json', trained.tokenizer),
    },
    variants: [],
    training: describeTraining(recipe, engine.name, figures),
    ...(leaks && {
      canaries: leaks.map((leak, index) => ({ ...leak, repeats: trained.repeats[index] ?? 0 })),
    }),
    evaluation,
  };
  return {
    files: {
      [model]: trained.model,
      'tokenizer.json': trained.tokenizer,
      'manifest.json': `${JSON.stringify(manifest, null, 2)}\n`,
      'card.md': describeGeneratorCard(manifest, recipe, runbooks),
    },
    manifest,
  };
}
