import { openBackend } from './compute/backend.ts';
import { createLoop, type Loop } from './compute/loop.ts';
import { createTrainer } from './compute/trainer.ts';
import { openCheckpoints } from './checkpoints/store.ts';
import type { TrainingNews, TrainingOrder } from './messages.ts';

/** How long a failed step waits to hear that its accelerator is gone. */
const LOST_WITHIN_MS = 200;

let loop: Loop | null = null;
let lost: Promise<string> | null = null;

onmessage = ({ data }: MessageEvent<TrainingOrder>) => {
  if (data.kind === 'start') void start(data);
  else if (data.kind === 'pause') loop?.pause();
  else if (data.kind === 'continue') loop?.goOn();
  else if (data.kind === 'checkpoint') loop?.askForCheckpoint();
  else if (data.kind === 'average') loop?.take(data);
};

async function start(order: Extract<TrainingOrder, { kind: 'start' }>): Promise<void> {
  try {
    loop = await prepare(order);
    say({ kind: 'ended', end: await loop.run() });
  } catch (error) {
    say({ kind: 'failed', message: await explain(error) });
  }
}

async function explain(error: unknown): Promise<string> {
  const late = new Promise<null>((resolve) => setTimeout(resolve, LOST_WITHIN_MS, null));
  const why = lost && (await Promise.race([lost, late]));
  if (why)
    return `The accelerator was lost (${why.replace(/\.$/, '')}). Resume goes on from the newest checkpoint.`;
  return error instanceof Error ? error.message : String(error);
}

async function prepare({
  plan,
  rank,
  resume,
}: Extract<TrainingOrder, { kind: 'start' }>): Promise<Loop> {
  const store = await openCheckpoints(plan.job);
  const loaded = resume ? await store.load() : null;
  // Only the first worker forgets what was there: it is also the only one that writes.
  if (!resume && rank === 0) await store.clear();
  const { name, refused, lost: ending } = await openBackend(plan.backend);
  lost = ending;
  const state = loaded?.state ?? null;
  const trainer = createTrainer(plan, rank, state);
  const { broken = [] } = loaded ?? {};
  say({ kind: 'ready', backend: name, refused, from: trainer.state().step, broken });
  return createLoop({ plan, rank, trainer, store, say });
}

function say(news: TrainingNews): void {
  postMessage(news);
}
