import type { TensorMemory } from './compute/network.ts';
import { averageGradients } from './average.ts';
import type {
  TrainedStep,
  TrainingEnd,
  TrainingNews,
  TrainingOrder,
  WorkerReady,
  WrittenCheckpoint,
} from './messages.ts';
import type { TrainingPlan } from './plan.ts';

/** Told what a job does; all are optional. */
export interface TrainingListener {
  onReady?(ready: WorkerReady): void;
  onSteps?(steps: readonly TrainedStep[], memory: TensorMemory): void;
  onCheckpoint?(written: WrittenCheckpoint): void;
  /** A checkpoint could not be written; the earlier ones are still there. */
  onNoCheckpoint?(step: number, why: string): void;
}

/** A job that runs in workers of its own. */
export interface TrainingJob {
  /** How it ended by itself; `killed` when its workers were. Rejects when a worker cannot go on. */
  readonly ended: Promise<TrainingEnd | { readonly kind: 'killed' }>;
  pause(): void;
  goOn(): void;
  /** Asks for a checkpoint between this step and the next. */
  checkpoint(): void;
  /** Ends the workers at once, in the middle of whatever they do. */
  kill(): void;
}

/** Starts a job, from its newest checkpoint when `resume` is set. */
export function startTraining(
  plan: TrainingPlan,
  { resume, ...listener }: TrainingListener & { readonly resume: boolean },
): TrainingJob {
  const workers = Array.from({ length: plan.workers }, openWorker);
  const tellAll = (order: TrainingOrder): void => {
    for (const worker of workers) worker.postMessage(order);
  };
  const { promise, resolve, reject } = Promise.withResolvers<Awaited<TrainingJob['ended']>>();
  const stop = (): void => {
    for (const worker of workers) worker.terminate();
  };
  const reduce = averageGradients(plan.workers, (average) =>
    tellAll({ kind: 'average', ...average }),
  );
  const handle: Handlers = {
    ready: (news) => listener.onReady?.(news),
    steps: ({ steps, memory }) => listener.onSteps?.(steps, memory),
    gradients: (news) => reduce(news),
    checkpoint: (news) => listener.onCheckpoint?.(news),
    'no-checkpoint': ({ step, why }) => listener.onNoCheckpoint?.(step, why),
    ended: ({ end }) => resolve(end),
    failed: ({ message }) => reject(new Error(message)),
  };
  workers.forEach((worker, rank) => {
    worker.onmessage = ({ data }: MessageEvent<TrainingNews>) => {
      // All workers say the same of a step, so the first speaks for them; gradients are each one's own.
      if (rank === 0 || data.kind === 'gradients' || data.kind === 'failed')
        (handle[data.kind] as (news: TrainingNews) => void)(data);
    };
    worker.onerror = ({ message }) =>
      reject(new Error(`A training worker stopped: ${message || 'its script did not load.'}`));
  });
  startAll(workers, { plan, resume });
  return {
    ended: promise.finally(stop),
    pause: () => tellAll({ kind: 'pause' }),
    goOn: () => tellAll({ kind: 'continue' }),
    checkpoint: () => tellAll({ kind: 'checkpoint' }),
    kill() {
      stop();
      resolve({ kind: 'killed' });
    },
  };
}

type Handlers = {
  readonly [Kind in TrainingNews['kind']]: (news: Extract<TrainingNews, { kind: Kind }>) => void;
};

function openWorker(): Worker {
  return new Worker(new URL('./training.worker.ts', import.meta.url), { type: 'module' });
}

function startAll(
  workers: readonly Worker[],
  options: Pick<Extract<TrainingOrder, { kind: 'start' }>, 'plan' | 'resume'>,
): void {
  workers.forEach((worker, rank) => worker.postMessage({ kind: 'start', rank, ...options }));
}
