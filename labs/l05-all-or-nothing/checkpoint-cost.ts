/** What a checkpoint of the anomaly detector costs on this machine. */
export interface CheckpointCost {
  readonly stepMs: number;
  readonly checkpointMs: number;
  /** Time of a checkpoint in steps. */
  readonly steps: number;
}

const STEPS = 240;
const EVERY = 20;
/** Large enough that a step is more than overhead, on a fast machine too. */
const BATCH = 256;

/** Trains for real, in a worker, and takes medians. Rejects when training does not finish: our trouble. */
export async function measureCheckpoint(signal: AbortSignal): Promise<CheckpointCost> {
  const { startTraining } = await import('#training/start-training.ts');
  const { DEFAULT_PLAN } = await import('#training/plan.ts');
  const stepMs: number[] = [];
  const checkpointMs: number[] = [];
  const plan = {
    ...DEFAULT_PLAN,
    job: 'grade-l05',
    backend: 'wasm',
    batch: BATCH,
    steps: STEPS,
    checkpointEvery: EVERY,
  } as const;
  const job = startTraining(plan, {
    resume: false,
    // Of a step with a checkpoint in it, the time is known by the checkpoint's.
    onSteps: (steps) =>
      stepMs.push(...steps.filter(({ step }) => step % EVERY !== 1).map(({ ms }) => ms)),
    onCheckpoint: ({ ms }) => checkpointMs.push(ms),
  });
  const kill = (): void => job.kill();
  signal.addEventListener('abort', kill);
  const end = await job.ended.finally(() => signal.removeEventListener('abort', kill));
  signal.throwIfAborted();
  if (end.kind !== 'finished' || checkpointMs.length === 0)
    throw new Error('The training run that measures a checkpoint did not finish on this machine.');
  const [step, checkpoint] = [medianOf(stepMs), medianOf(checkpointMs)];
  return { stepMs: step, checkpointMs: checkpoint, steps: checkpoint / step };
}

function medianOf(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? NaN;
}
