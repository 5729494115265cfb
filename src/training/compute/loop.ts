import type { CheckpointStore } from '../checkpoints/store.ts';
import { crc32 } from '../checkpoints/crc32.ts';
import type { TrainedStep, TrainingEnd, TrainingNews } from '../messages.ts';
import type { TrainingPlan } from '../plan.ts';
import { readMemory, type Gradients, type Parameters } from './network.ts';
import type { Trainer } from './trainer.ts';

/** The steps of one worker, and what may be asked of it between two of them. */
export interface Loop {
  /** Until the last step, or the first whose loss is no number. Rejects when computing fails. */
  run(): Promise<TrainingEnd>;
  pause(): void;
  goOn(): void;
  /** Writes a checkpoint after the step that is under way, or now when paused. */
  askForCheckpoint(): void;
  /** Hands in the average that this step waits for. */
  take(average: Gradients): void;
}

interface Parts {
  readonly plan: TrainingPlan;
  readonly rank: number;
  readonly trainer: Trainer;
  readonly store: Pick<CheckpointStore, 'save' | 'drop'>;
  readonly say: (news: TrainingNews) => void;
}

/** The page hears of steps so often, in milliseconds. */
const TELL_EVERY = 100;

/** A loop that has not begun. */
export function createLoop({ plan, rank, trainer, store, say }: Parts): Loop {
  let isPaused = false;
  let isAsked = false;
  let wake = (): void => {};
  let takeAverage: (average: Gradients) => void = () => {};
  const untold: TrainedStep[] = [];
  let toldAt = performance.now();

  const tell = (): void => {
    if (untold.length === 0) return;
    say({ kind: 'steps', steps: untold.splice(0), memory: readMemory() });
    toldAt = performance.now();
  };

  const average = (own: Gradients): Promise<Gradients> => {
    if (plan.workers === 1) return Promise.resolve(own);
    const averaged = new Promise<Gradients>((resolve) => (takeAverage = resolve));
    say({ kind: 'gradients', slopes: own.slopes, loss: own.loss });
    return averaged;
  };

  const checkpoint = async (): Promise<void> => {
    isAsked = false;
    if (rank !== 0) return;
    tell();
    const { step } = trainer.state();
    const startedAt = performance.now();
    try {
      const { bytes } = await store.save(trainer.state());
      say({ kind: 'checkpoint', step, bytes, ms: performance.now() - startedAt });
    } catch (error) {
      say({ kind: 'no-checkpoint', step, why: explain(error) });
    }
  };

  /** Lets messages in; while paused, waits for one that matters. */
  const rest = async (): Promise<void> => {
    await nextTask();
    while (isPaused || isAsked) {
      if (isAsked) await checkpoint();
      else {
        tell();
        await new Promise<void>((resolve) => (wake = resolve));
      }
    }
  };

  /** Null, or why there is no next step. */
  const advance = async (): Promise<TrainingEnd | null> => {
    const startedAt = performance.now();
    const { batch, ...own } = await trainer.compute();
    const { loss, slopes } = await average(own);
    const step = trainer.state().step + 1;
    if (!Number.isFinite(loss)) {
      // The step before this one spoiled the weights: who resumes must not get them again.
      if (rank === 0) await store.drop(step - 1);
      return { kind: 'not-a-number', step, batch: batch.name };
    }
    trainer.apply(slopes);
    untold.push({ step, loss, ms: performance.now() - startedAt });
    if (plan.checkpointEvery > 0 && step % plan.checkpointEvery === 0) await checkpoint();
    if (performance.now() - toldAt > TELL_EVERY) tell();
    return null;
  };

  return {
    async run() {
      while (trainer.state().step < plan.steps) {
        await rest();
        const end = await advance();
        if (end) {
          tell();
          return end;
        }
      }
      tell();
      const { step, parameters } = trainer.state();
      return { kind: 'finished', step, weights: digest(parameters) };
    },
    pause: () => void (isPaused = true),
    goOn() {
      isPaused = false;
      wake();
    },
    askForCheckpoint() {
      isAsked = true;
      wake();
    },
    take: (averaged) => takeAverage(averaged),
  };
}

/** Eight hexadecimal digits that differ when any weight does. */
function digest(parameters: Parameters): string {
  const bytes = parameters.flatMap(({ buffer, byteOffset, byteLength }) => [
    ...new Uint8Array(buffer, byteOffset, byteLength),
  ]);
  return crc32(Uint8Array.from(bytes)).toString(16).padStart(8, '0');
}

function explain(error: unknown): string {
  if (error instanceof DOMException && error.name === 'QuotaExceededError')
    return 'the storage that this browser gives to the site is full; free some, then ask for a checkpoint';
  return error instanceof Error ? error.message : String(error);
}

const channel = new MessageChannel();
const waiting: (() => void)[] = [];
channel.port1.onmessage = () => waiting.shift()?.();

/** Resolves in a task of its own, so that messages which came meanwhile are heard first. */
function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    waiting.push(resolve);
    channel.port2.postMessage(null);
  });
}
