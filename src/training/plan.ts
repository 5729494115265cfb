/** What tfjs computes with, the fastest first. */
export const BACKENDS = ['webgpu', 'wasm', 'cpu'] as const;
export type BackendName = (typeof BACKENDS)[number];

/** One training job. The same plan gives the same losses and weights, however often it was killed on the way. */
export interface TrainingPlan {
  /** Checkpoints are kept under this name. */
  readonly job: string;
  /** Decides the first weights, the telemetry and the order in which it is read. */
  readonly seed: number;
  /** `auto` takes the first of {@link BACKENDS} that this browser has. */
  readonly backend: BackendName | 'auto';
  /** Workers that share each batch and average their gradients. */
  readonly workers: 1 | 2;
  /** Windows in a step, over all workers together: an even number. */
  readonly batch: number;
  readonly steps: number;
  /** Steps from one checkpoint to the next; 0 for none. */
  readonly checkpointEvery: number;
  readonly learningRate: number;
}

/** What a learner's form starts with. */
export const DEFAULT_PLAN: TrainingPlan = {
  job: 'anomaly',
  seed: 1,
  backend: 'auto',
  workers: 1,
  batch: 64,
  steps: 3000,
  checkpointEvery: 200,
  learningRate: 3e-3,
};
