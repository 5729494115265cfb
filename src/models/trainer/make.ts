import { CLASSES } from '../data/classes.ts';
import { splitTemplates } from '../data/split.ts';
import type { ClassifierManifest } from '../manifest.ts';
import { openTokenizer } from '../tokenizer.ts';
import { describeCard } from './card.ts';
import { describeFile } from './describe-file.ts';
import type { Watch } from './descend.ts';
import { openEngine, type Engine } from './engine.ts';
import { writeTrainingGraph } from './graphs.ts';
import { measureTwin } from './measure-twin.ts';
import { evaluationOf, measure } from './measure.ts';
import type { ClassifierRecipe } from './recipe.ts';
import { trainClassifier, type TrainedClassifier } from './train-classifier.ts';
import { describeTraining, followTraining, type TrainingFigures } from './training-record.ts';

/** A trained model as files by name, before any of them is written. */
interface MadeClassifier {
  readonly files: Readonly<Record<string, Uint8Array | string>>;
  readonly manifest: ClassifierManifest;
}

/** Trains, measures on the wasm engine (the one that serves), and describes the result. */
export async function makeClassifier(
  recipe: ClassifierRecipe,
  engine: Engine,
  watch: Watch = {},
): Promise<MadeClassifier> {
  const followed = followTraining(watch.onStep);
  const trained = await trainClassifier(recipe, engine, { ...watch, onStep: followed.onStep });
  const figures = {
    parameters: trained.weights.reduce((sum, { values }) => sum + values.length, 0),
    wallSeconds: followed.seconds(),
    finalLoss: followed.finalLoss(),
  };
  const wasm = await openEngine('wasm');
  const session = await wasm.open(trained.model, { asServed: true });
  const tokenizer = JSON.parse(new TextDecoder().decode(trained.tokenizer)) as object;
  const measurement = await measure(
    session,
    openTokenizer(tokenizer),
    recipe.shape.maxTokens,
    recipe.splitSeed,
  );
  await session.close();
  const training = recipe.twin ? undefined : writeTrainingGraph(recipe.shape, 'batch');
  const plain = describe(recipe, engine, { ...trained, training }, figures);
  const evaluation = evaluationOf(measurement);
  const { twin } = recipe;
  const manifest: ClassifierManifest = {
    ...plain,
    evaluation,
    ...(twin && {
      twin: await measureTwin(
        wasm,
        { ...recipe, twin },
        { ...trained, tokenizer },
        evaluation.unseen,
      ),
    }),
  };
  return {
    files: {
      [manifest.files.model.path]: trained.model,
      ...(training && { [`${recipe.name}.training.onnx`]: training }),
      'tokenizer.json': trained.tokenizer,
      'manifest.json': `${JSON.stringify(manifest, null, 2)}\n`,
      'card.md': describeCard(manifest, recipe, measurement),
    },
    manifest,
  };
}

function describe(
  recipe: ClassifierRecipe,
  engine: Engine,
  { model, tokenizer, training }: TrainedClassifier & { readonly training: Uint8Array | undefined },
  figures: TrainingFigures,
): Omit<ClassifierManifest, 'evaluation'> {
  const split = splitTemplates(recipe.splitSeed);
  return {
    schema: 1,
    task: 'classify',
    name: recipe.name,
    version: recipe.version,
    licence: 'Apache-2.0',
    labels: [...CLASSES],
    maxTokens: recipe.shape.maxTokens,
    files: {
      model: describeFile(`${recipe.name}.onnx`, model),
      tokenizer: describeFile('tokenizer.json', tokenizer),
      ...(training && { training: describeFile(`${recipe.name}.training.onnx`, training) }),
    },
    variants: [],
    training: { dataSeed: recipe.splitSeed, ...describeTraining(recipe, engine.name, figures) },
    templates: {
      // The bad version learns from the templates for tuning too.
      train: split.train.length + (recipe.twin?.kind === 'bad-class' ? split.tuning.length : 0),
      tuning: split.tuning.length,
      unseen: split.unseen.length,
    },
  };
}
