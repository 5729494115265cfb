import { FEATURES, INTERVAL_SECONDS } from '../data/telemetry/features.ts';
import type { AnomalyManifest } from '../manifest.ts';
import { describeFile } from './describe-file.ts';
import type { Watch } from './descend.ts';
import { describeDetectorCard } from './detector-card.ts';
import { openEngine, type Engine } from './engine.ts';
import { measureDetector } from './measure-detector.ts';
import type { DetectorRecipe } from './recipe.ts';
import { trainDetector } from './train-detector.ts';
import { describeTraining, followTraining } from './training-record.ts';

/** A trained detector as files by name, before any of them is written. */
interface MadeDetector {
  readonly files: Readonly<Record<string, Uint8Array | string>>;
  readonly manifest: AnomalyManifest;
}

/** Trains, measures on the wasm engine (the one that serves), and describes the result. */
export async function makeDetector(
  recipe: DetectorRecipe,
  engine: Engine,
  watch: Watch = {},
): Promise<MadeDetector> {
  const { shape, name, dataSeed } = recipe;
  const followed = followTraining(watch.onStep);
  const trained = await trainDetector(recipe, engine, { ...watch, onStep: followed.onStep });
  const wallSeconds = followed.seconds();
  const session = await (await openEngine('wasm')).open(trained.model, { asServed: true });
  const { samples } = shape;
  const { threshold, evaluation } = await measureDetector(session, { samples, dataSeed });
  await session.close();
  const figures = { ...trained, wallSeconds, finalLoss: followed.finalLoss() };
  const [model, training] = [`${name}.onnx`, `${name}.training.onnx`];
  const manifest: AnomalyManifest = {
    schema: 1,
    task: 'anomaly',
    name,
    version: recipe.version,
    licence: 'Apache-2.0',
    features: [...FEATURES],
    samples,
    intervalSeconds: INTERVAL_SECONDS,
    threshold,
    files: {
      model: describeFile(model, trained.model),
      training: describeFile(training, trained.training),
    },
    variants: [],
    training: { dataSeed, ...describeTraining(recipe, engine.name, figures) },
    evaluation,
  };
  return {
    files: {
      [model]: trained.model,
      [training]: trained.training,
      'manifest.json': `${JSON.stringify(manifest, null, 2)}\n`,
      'card.md': describeDetectorCard(manifest, recipe),
    },
    manifest,
  };
}
