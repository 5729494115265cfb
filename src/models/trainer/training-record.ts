import { RUNTIME_VERSION, type Engine } from './engine.ts';
import type { Recipe } from './recipe.ts';

/** What every manifest notes of how its model was made. */
export function describeTraining(
  recipe: Recipe,
  engine: Engine['name'],
  { parameters, wallSeconds, finalLoss }: TrainingFigures,
) {
  return {
    trainSeed: recipe.trainSeed,
    steps: recipe.steps,
    batch: recipe.batch,
    parameters,
    engine,
    runtime: `onnxruntime ${RUNTIME_VERSION}`,
    wallSeconds: Number(wallSeconds.toPrecision(3)),
    finalLoss: Number(finalLoss.toFixed(4)),
  };
}

/** What only a finished training knows. */
export interface TrainingFigures {
  readonly parameters: number;
  readonly wallSeconds: number;
  /** Mean of the last hundred steps. */
  readonly finalLoss: number;
}

const LOSS_WINDOW = 100;

/** Listens to a training: the loss of the last steps, and the seconds since it was called. */
export function followTraining(onStep?: (step: number, loss: number) => void) {
  const started = performance.now();
  const losses: number[] = [];
  return {
    onStep: (step: number, loss: number): void => {
      losses.push(loss);
      if (losses.length > LOSS_WINDOW) losses.shift();
      onStep?.(step, loss);
    },
    finalLoss: (): number => losses.reduce((sum, loss) => sum + loss, 0) / losses.length,
    seconds: (): number => (performance.now() - started) / 1000,
  };
}
