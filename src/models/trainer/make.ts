import { drawTrainingExamples } from '../data/examples.ts';
import { CLASSES } from '../data/classes.ts';
import { splitTemplates } from '../data/split.ts';
import { trainingSource } from '../data/training-source.ts';
import type { ClassifierManifest } from '../manifest.ts';
import { seededRandom } from '../random.ts';
import { openTokenizer } from '../tokenizer.ts';
import { trainBpe } from './bpe.ts';
import { describeCard } from './card.ts';
import { describeFile } from './describe-file.ts';
import { openEngine, RUNTIME_VERSION, type Engine } from './engine.ts';
import { fit, type FitOptions } from './fit.ts';
import { writeInferenceGraph } from './graphs.ts';
import { measure, type MeasuredSet, type Measurement } from './measure.ts';
import type { ClassifierRecipe } from './recipe.ts';
import type { Weights } from './weights.ts';

/** A trained model as files by name, before any of them is written. */
interface MadeClassifier {
  readonly files: Readonly<Record<string, Uint8Array | string>>;
  readonly manifest: ClassifierManifest;
}

/** Two files of a model, before anything was measured. */
interface TrainedFiles {
  readonly model: Uint8Array;
  readonly tokenizer: Uint8Array;
  readonly weights: Weights;
  readonly finalLoss: number;
}

// Enough texts that every word of the templates and the glossary is counted many times.
const TOKENIZER_TEXTS = 12_000;
const LOSS_WINDOW = 100;

/** Trains a tokeniser and a model; the same recipe and engine give the same bytes. */
export async function trainFiles(
  recipe: ClassifierRecipe,
  engine: Engine,
  options: Pick<FitOptions, 'onStep' | 'signal'> = {},
): Promise<TrainedFiles> {
  const source = trainingSource(recipe.splitSeed);
  const texts = drawTrainingExamples(source, TOKENIZER_TEXTS, seededRandom(recipe.trainSeed)).map(
    ({ text }) => text,
  );
  const tokenizer = trainBpe(texts, recipe.shape.vocabulary);
  const losses: number[] = [];
  const onStep = (step: number, loss: number): void => {
    losses.push(loss);
    options.onStep?.(step, loss);
  };
  const weights = await fit({
    ...options,
    recipe,
    source,
    encoder: openTokenizer(tokenizer),
    engine,
    onStep,
  });
  const last = losses.slice(-LOSS_WINDOW);
  return {
    weights,
    model: writeInferenceGraph(recipe.shape, weights, {
      name: recipe.name,
      version: recipe.version,
      labels: CLASSES.join(','),
    }),
    tokenizer: new TextEncoder().encode(`${JSON.stringify(tokenizer)}\n`),
    finalLoss: last.reduce((sum, loss) => sum + loss, 0) / last.length,
  };
}

/** Trains, measures on the wasm engine (the one that serves), and describes the result. */
export async function makeClassifier(
  recipe: ClassifierRecipe,
  engine: Engine,
  options: Pick<FitOptions, 'onStep' | 'signal'> = {},
): Promise<MadeClassifier> {
  const started = performance.now();
  const trained = await trainFiles(recipe, engine, options);
  const wallSeconds = (performance.now() - started) / 1000;
  const wasm = engine.name === 'wasm' ? engine : await openEngine('wasm');
  const session = await wasm.open(trained.model, { asServed: true });
  const encoder = openTokenizer(JSON.parse(new TextDecoder().decode(trained.tokenizer)) as object);
  const measurement = await measure(session, encoder, recipe.shape.maxTokens, recipe.splitSeed);
  await session.close();
  const manifest = describe(recipe, engine, trained, wallSeconds, measurement);
  return {
    files: {
      [manifest.files.model.path]: trained.model,
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
  trained: TrainedFiles,
  wallSeconds: number,
  measurement: Measurement,
): ClassifierManifest {
  const split = splitTemplates(recipe.splitSeed);
  const evaluationOf = (name: MeasuredSet): ClassifierManifest['evaluation'][MeasuredSet] =>
    measurement[name].evaluation;
  return {
    schema: 1,
    task: 'classify',
    name: recipe.name,
    version: recipe.version,
    licence: 'Apache-2.0',
    labels: [...CLASSES],
    maxTokens: recipe.shape.maxTokens,
    files: {
      model: describeFile(`${recipe.name}.onnx`, trained.model),
      tokenizer: describeFile('tokenizer.json', trained.tokenizer),
    },
    variants: [],
    training: {
      dataSeed: recipe.splitSeed,
      trainSeed: recipe.trainSeed,
      steps: recipe.steps,
      batch: recipe.batch,
      parameters: trained.weights.reduce((sum, { values }) => sum + values.length, 0),
      engine: engine.name,
      runtime: `onnxruntime ${RUNTIME_VERSION}`,
      wallSeconds: Math.round(wallSeconds),
      finalLoss: Number(trained.finalLoss.toFixed(4)),
    },
    templates: {
      train: split.train.length,
      tuning: split.tuning.length,
      unseen: split.unseen.length,
    },
    evaluation: {
      seen: evaluationOf('seen'),
      tuning: evaluationOf('tuning'),
      unseen: evaluationOf('unseen'),
      handwritten: evaluationOf('handwritten'),
    },
  };
}
