import { openBackend } from './compute/backend.ts';
import { createLoop, type Loop } from './compute/loop.ts';
import { createTrainer } from './compute/trainer.ts';
import { openCheckpoints } from './checkpoints/store.ts';
import type { TrainingNews, TrainingOrder } from './messages.ts';

let loop: Loop | null = null;

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
    say({ kind: 'failed', message: error instanceof Error ? error.message : String(error) });
  }
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
  const { name, refused } = await openBackend(plan.backend);
  const state = loaded?.state ?? null;
  const trainer = createTrainer(plan, rank, state);
  const { broken = [] } = loaded ?? {};
  say({ kind: 'ready', backend: name, refused, from: trainer.state().step, broken });
  return createLoop({ plan, rank, trainer, store, say });
}

function say(news: TrainingNews): void {
  postMessage(news);
}
