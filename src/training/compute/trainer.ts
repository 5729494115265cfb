import type { TrainingPlan } from '../plan.ts';
import { applyAdam, emptySlots, type Slots } from './adam.ts';
import { computeGradients, initialParameters, type Gradients, type Parameters } from './network.ts';
import { gather, openReader, type Batch, type DataPosition } from './reader.ts';
import { drawWindows } from './windows.ts';

/** Everything that a job needs to go on as if nothing had happened. */
export interface TrainingState {
  /** Steps taken. */
  readonly step: number;
  readonly position: DataPosition;
  readonly parameters: Parameters;
  readonly slots: Slots;
}

/** One worker's part of a job. All workers of a job hold the same parameters at every step. */
export interface Trainer {
  /** Loss and gradients of this worker's share of the next batch. */
  compute(): Promise<Gradients & { readonly batch: Batch }>;
  /** Takes the step with gradients averaged over all workers. */
  apply(slopes: Parameters): void;
  /** The state after the last step; its arrays change with the next one. */
  state(): TrainingState;
}

/** A worker at the start of its job, or where a checkpoint left it. */
export function createTrainer(
  plan: Pick<TrainingPlan, 'seed' | 'batch' | 'workers' | 'learningRate'>,
  rank: number,
  from: TrainingState | null = null,
): Trainer {
  const windows = drawWindows(plan.seed);
  const parameters = from?.parameters ?? initialParameters(windows.width, plan.seed);
  const slots = from?.slots ?? emptySlots(parameters);
  const reader = openReader(windows, plan.batch, from?.position ?? { seed: plan.seed });
  let step = from?.step ?? 0;
  return {
    async compute() {
      const batch = reader.next();
      const own = gather(windows, batch.rows, rank, plan.workers);
      return { batch, ...(await computeGradients(parameters, own, windows.width)) };
    },
    apply(slopes) {
      step += 1;
      applyAdam(parameters, slots, slopes, { step, learningRate: plan.learningRate });
    },
    state: () => ({ step, position: reader.position(), parameters, slots }),
  };
}
