import type { GeneratorManifest } from '../manifest.ts';
import { describeFile } from './describe-file.ts';
import type { Watch } from './descend.ts';
import { openEngine, RUNTIME_VERSION, type Engine } from './engine.ts';
import { describeGeneratorCard } from './generator-card.ts';
import { measureGenerator } from './measure-generator.ts';
import type { GeneratorRecipe } from './recipe.ts';
import { trainGenerator, type TrainedGenerator } from './train-generator.ts';

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
  const started = performance.now();
  const trained = await trainGenerator(recipe, engine, watch);
  return describeGenerator(recipe, engine.name, trained, (performance.now() - started) / 1000);
}

/** Measures a trained language model and writes its manifest and card. */
async function describeGenerator(
  recipe: GeneratorRecipe,
  engine: Engine['name'],
  trained: Omit<TrainedGenerator, 'weights'> & { readonly parameters: number },
  wallSeconds: number,
): Promise<MadeGenerator> {
  const { heads, width, layers, vocabulary, maxTokens } = recipe.shape;
  const shape = { layers, heads, headSize: width / heads, vocabulary, maxTokens };
  const session = await (await openEngine('wasm')).open(trained.model, { asServed: true });
  const tokenizer = JSON.parse(new TextDecoder().decode(trained.tokenizer)) as object;
  const { evaluation, runbooks } = await measureGenerator(session, tokenizer, shape);
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
    training: {
      trainSeed: recipe.trainSeed,
      steps: recipe.steps,
      batch: recipe.batch,
      parameters: trained.parameters,
      engine,
      runtime: `onnxruntime ${RUNTIME_VERSION}`,
      wallSeconds: Math.round(wallSeconds),
      finalLoss: Number(trained.finalLoss.toFixed(4)),
    },
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
