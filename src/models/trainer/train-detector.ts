import {
  autoencoderParameters,
  writeAutoencoderServing,
  writeAutoencoderTraining,
  type TrainedAutoencoder,
} from './autoencoder.ts';
import { descend, type Watch } from './descend.ts';
import { seededRandom } from '../random.ts';
import type { Engine } from './engine.ts';
import { runDetector } from './measure-detector.ts';
import type { DetectorRecipe } from './recipe.ts';
import { drawFleet, drawWindows, normalisationOf, windowsOf } from './windows.ts';

/** A trained detector's files, and what it says of calm windows that training did not read. */
export interface TrainedDetector {
  readonly model: Uint8Array;
  /** The graph that a browser trains with. */
  readonly training: Uint8Array;
  readonly parameters: number;
}

/** Machines that are trained on, and days of each. */
export const TRAINING_MACHINES = 24;
const TRAINING_DAYS = 14;

/** Trains an autoencoder on calm telemetry; the same recipe and engine give the same bytes. */
export async function trainDetector(
  recipe: DetectorRecipe,
  engine: Engine,
  watch: Watch = {},
): Promise<TrainedDetector> {
  const { shape, name, version } = recipe;
  const fleet = drawFleet(recipe.dataSeed, TRAINING_MACHINES, TRAINING_DAYS);
  const normalisation = normalisationOf(fleet);
  const training = writeAutoencoderTraining(shape, normalisation);
  const task = {
    parameters: autoencoderParameters(shape),
    graph: training,
    drawBatch: (random: Parameters<typeof drawWindows>[3]) => ({
      windows: drawWindows(fleet, recipe.batch, shape.samples, random),
    }),
  };
  const weights = await descend(engine, task, recipe, seededRandom(recipe.trainSeed), watch);
  const serving = (usual: TrainedAutoencoder['usual']): Uint8Array =>
    writeAutoencoderServing(shape, { weights, normalisation, usual }, { name, version });
  // First with errors as they are, to learn how large each feature's usually is.
  const session = await engine.open(serving(new Float32Array(shape.features).fill(1)));
  const calm = fleet.flatMap((machine) => windowsOf(machine, shape.samples));
  const { featureErrors } = await runDetector(session, calm, shape.samples);
  await session.close();
  const usual = Float32Array.from(
    { length: shape.features },
    (_, feature) =>
      featureErrors.reduce((sum, errors) => sum + (errors[feature] ?? 0), 0) / featureErrors.length,
  );
  return {
    model: serving(usual),
    training,
    parameters: weights.reduce((sum, { values }) => sum + values.length, 0),
  };
}
