import type { EmbedderManifest } from '../manifest.ts';
import { openTokenizer } from '../tokenizer.ts';
import { describeFile } from './describe-file.ts';
import type { Watch } from './descend.ts';
import { describeEmbedderCard } from './embedder-card.ts';
import { openEngine, type Engine } from './engine.ts';
import { measureEmbedder } from './measure-embedder.ts';
import type { EmbedderRecipe } from './recipe.ts';
import { trainEmbedder } from './train-embedder.ts';
import { describeTraining, followTraining } from './training-record.ts';

/** A trained embedder as files by name, before any of them is written. */
interface MadeEmbedder {
  readonly files: Readonly<Record<string, Uint8Array | string>>;
  readonly manifest: EmbedderManifest;
}

/** Trains, measures on the wasm engine (the one that serves), and describes the result. */
export async function makeEmbedder(
  recipe: EmbedderRecipe,
  engine: Engine,
  watch: Watch = {},
): Promise<MadeEmbedder> {
  const { name, version, shape, splitSeed } = recipe;
  const followed = followTraining(watch.onStep);
  const trained = await trainEmbedder(recipe, engine, { ...watch, onStep: followed.onStep });
  const figures = {
    parameters: trained.parameters,
    wallSeconds: followed.seconds(),
    finalLoss: followed.finalLoss(),
  };
  const session = await (await openEngine('wasm')).open(trained.model, { asServed: true });
  const tokenizer = JSON.parse(new TextDecoder().decode(trained.tokenizer)) as object;
  const evaluation = await measureEmbedder(
    session,
    openTokenizer(tokenizer),
    shape.maxTokens,
    splitSeed,
  );
  await session.close();
  const model = `${name}.onnx`;
  const manifest: EmbedderManifest = {
    schema: 1,
    task: 'embed',
    name,
    version,
    licence: 'Apache-2.0',
    dimensions: shape.classes,
    maxTokens: shape.maxTokens,
    files: {
      model: describeFile(model, trained.model),
      tokenizer: describeFile('tokenizer.json', trained.tokenizer),
    },
    variants: [],
    training: { dataSeed: splitSeed, ...describeTraining(recipe, engine.name, figures) },
    evaluation,
  };
  return {
    files: {
      [model]: trained.model,
      'tokenizer.json': trained.tokenizer,
      'manifest.json': `${JSON.stringify(manifest, null, 2)}\n`,
      'card.md': describeEmbedderCard(manifest, recipe),
    },
    manifest,
  };
}
