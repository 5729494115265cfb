import type { TensorMemory } from './compute/network.ts';
import type { BackendName, TrainingPlan } from './plan.ts';

/** What the page asks of a training worker. */
export type TrainingOrder =
  | {
      readonly kind: 'start';
      readonly plan: TrainingPlan;
      /** Which worker of the job it is; 0 writes the checkpoints. */
      readonly rank: number;
      /** Go on from the newest checkpoint; else the job's checkpoints are forgotten. */
      readonly resume: boolean;
    }
  | { readonly kind: 'pause' | 'continue' | 'checkpoint' }
  /** The average over all workers of a step's gradients. */
  | { readonly kind: 'average'; readonly slopes: readonly Float32Array[]; readonly loss: number };

/** One step that was taken. */
export interface TrainedStep {
  readonly step: number;
  /** Over the whole batch. */
  readonly loss: number;
  /** Milliseconds of wall time, waiting for other workers included. */
  readonly ms: number;
}

/** A checkpoint that was written. */
export interface WrittenCheckpoint {
  readonly step: number;
  readonly bytes: number;
  readonly ms: number;
}

/** Where and with what a worker starts. */
export interface WorkerReady {
  readonly backend: BackendName;
  readonly refused: readonly string[];
  /** Step of the checkpoint that it goes on from; 0 without one. */
  readonly from: number;
  /** Steps of newer checkpoints that were not whole. */
  readonly broken: readonly number[];
}

/** How a job ended by itself. */
export type TrainingEnd =
  | { readonly kind: 'finished'; readonly step: number; readonly weights: string }
  /** The loss was no number: step and batch in which it happened. */
  | { readonly kind: 'not-a-number'; readonly step: number; readonly batch: string };

/** What a training worker tells the page. */
export type TrainingNews =
  | ({ readonly kind: 'ready' } & WorkerReady)
  | {
      readonly kind: 'steps';
      readonly steps: readonly TrainedStep[];
      readonly memory: TensorMemory;
    }
  | { readonly kind: 'gradients'; readonly slopes: readonly Float32Array[]; readonly loss: number }
  | ({ readonly kind: 'checkpoint' } & WrittenCheckpoint)
  /** A checkpoint that could not be written, and why; the earlier ones are still there. */
  | { readonly kind: 'no-checkpoint'; readonly step: number; readonly why: string }
  | { readonly kind: 'ended'; readonly end: TrainingEnd }
  | { readonly kind: 'failed'; readonly message: string };
