import type { TensorMemory } from '../compute/network.ts';
import type { TrainedStep, TrainingEnd, WorkerReady, WrittenCheckpoint } from '../messages.ts';
import { DEFAULT_PLAN, type TrainingPlan } from '../plan.ts';
import { startTraining, type TrainingJob } from '../start-training.ts';
import { median } from './median.ts';

type Phase = 'idle' | 'starting' | 'running' | 'paused';

/** One job as the page shows it: what it is, what came of it, and what may be asked of it. */
export class TrainingSession {
  plan = $state<TrainingPlan>({ ...DEFAULT_PLAN });
  phase = $state<Phase>('idle');
  steps = $state.raw<readonly TrainedStep[]>([]);
  checkpoints = $state.raw<readonly WrittenCheckpoint[]>([]);
  ready = $state.raw<WorkerReady | null>(null);
  memory = $state.raw<TensorMemory | null>(null);
  /** What happened, the newest last. */
  log = $state.raw<readonly string[]>([]);
  /** A run was stopped, so that there may be something to go on from. */
  canResume = $state(false);
  #job: TrainingJob | null = null;

  get isAlive(): boolean {
    return this.phase !== 'idle';
  }

  get last(): TrainedStep | null {
    return this.steps.at(-1) ?? null;
  }

  /** Milliseconds of a step, and of a checkpoint: medians of this run. */
  get stepMs(): number | null {
    return median(this.steps.slice(-500).map(({ ms }) => ms));
  }

  get checkpointMs(): number | null {
    return median(this.checkpoints.map(({ ms }) => ms));
  }

  start(resume: boolean): void {
    const reached = this.last?.step ?? 0;
    this.phase = 'starting';
    if (!resume) {
      this.steps = [];
      this.checkpoints = [];
      this.log = [];
    }
    const job = startTraining($state.snapshot(this.plan), {
      resume,
      onReady: (ready) => this.#begin(ready, resume, reached),
      onSteps: (steps, memory) => {
        this.steps = [...this.steps, ...steps];
        this.memory = memory;
      },
      onCheckpoint: (written) => {
        this.checkpoints = [...this.checkpoints, written];
        this.canResume = true;
      },
      onNoCheckpoint: (step, why) =>
        this.#say(
          `The checkpoint at step ${step} was not written: ${why}. ${this.#lastCheckpoint()}`,
        ),
    });
    this.#job = job;
    job.ended.then(
      (end) => this.#end(describeEnd(end, this.last)),
      (error: unknown) => this.#end(`The job failed: ${(error as Error).message}`),
    );
  }

  togglePause(): void {
    if (this.phase === 'paused') this.#job?.goOn();
    else this.#job?.pause();
    this.phase = this.phase === 'paused' ? 'running' : 'paused';
  }

  checkpoint(): void {
    this.#job?.checkpoint();
  }

  kill(): void {
    this.#job?.kill();
  }

  #begin(ready: WorkerReady, resume: boolean, reached: number): void {
    this.ready = ready;
    this.phase = 'running';
    for (const refusal of ready.refused) this.#say(`Not used, ${refusal}`);
    for (const step of ready.broken)
      this.#say(`The checkpoint at step ${step} is not whole and was passed over.`);
    if (!resume) return this.#say(`Started on ${ready.backend}.`);
    // What is done a second time is drawn once.
    this.steps = this.steps.filter(({ step }) => step <= ready.from);
    const lost = Math.max(0, reached - ready.from);
    const from = ready.from > 0 ? `from the checkpoint at step ${ready.from}` : 'from nothing';
    this.#say(`Resumed ${from} on ${ready.backend}: ${lost} steps are done again.`);
  }

  #end(sentence: string): void {
    this.phase = 'idle';
    this.#job = null;
    this.#say(sentence);
  }

  #lastCheckpoint(): string {
    const step = this.checkpoints.at(-1)?.step ?? this.ready?.from ?? 0;
    return step > 0 ? `The one at step ${step} is still there.` : 'There is none yet.';
  }

  #say(sentence: string): void {
    this.log = [...this.log, sentence].slice(-50);
  }
}

function describeEnd(
  end: TrainingEnd | { readonly kind: 'killed' },
  last: TrainedStep | null,
): string {
  switch (end.kind) {
    case 'finished':
      return `Finished at step ${end.step}. Checksum of the weights: ${end.weights}.`;
    case 'not-a-number':
      return `Stopped: the loss of step ${end.step} is not a number (${end.batch}). Resume with a smaller learning rate.`;
    case 'killed':
      return `Killed after step ${last?.step ?? 0}.`;
  }
}
