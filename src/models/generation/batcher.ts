import type { Counters } from './counters.ts';
import { openDecoder } from './decoder.ts';
import type { KvShape } from './kv-cache.ts';
import { meterKv } from './meter-kv.ts';
import { createTurns } from './next-turn.ts';
import type { DecoderSession } from './run-tokens.ts';
import { createRecomputingBatch } from './recomputing-batch.ts';
import { createRunningBatch } from './running-batch.ts';
import {
  blocksOf,
  createSequence,
  end,
  type Sequence,
  type SequenceRequest,
  type TokenEvent,
} from './sequence.ts';

/** What may run at the same time. */
export interface BatchLimits {
  /** Sequences. */
  readonly maxBatch: number;
  /** Blocks of KV memory; a sequence reserves on admission what it may grow to. */
  readonly kvBlocks: number;
  /** False where each run reads its texts from the beginning; true unless told otherwise. */
  readonly keepsCache?: boolean;
}

/** A request in the batcher's hands. */
export interface Ticket {
  readonly submittedAt: number;
  next(): Promise<TokenEvent>;
  /** Gives its place and memory back; `next` then rejects with the reason. No effect on one that has ended. */
  cancel(reason: unknown): void;
}

/** Continuous batching (Yu et al. 2022, Orca): after each token, finished sequences leave and waiting ones join. */
export interface Batcher {
  submit(request: SequenceRequest): Ticket;
  /** Ends everything with this reason. */
  close(reason: unknown): void;
}

/** A batcher over one open model; it works only while there are requests. */
export function createBatcher(
  session: DecoderSession,
  shape: KvShape,
  limits: BatchLimits,
  counters: Counters,
): Batcher {
  const { keepsCache = true } = limits;
  const createBatch = keepsCache ? createRunningBatch : createRecomputingBatch;
  const batch = createBatch(meterKv(openDecoder(session, shape), shape, counters), counters);
  const turn = createTurns();
  let waiting: readonly Sequence[] = [];
  let isWorking = false;

  const count = (): void => {
    waiting = waiting.filter(({ isOver }) => !isOver);
    counters.waitingRequests = waiting.length;
    const active = batch.sequences().filter(({ isOver }) => !isOver);
    counters.runningRequests = active.length;
    counters.kvCacheUsage = blocksOf(active) / limits.kvBlocks;
    if (active.length === 0) counters.kvCacheBytes = 0;
  };

  const failAll = (reason: unknown): void => {
    for (const sequence of [...waiting, ...batch.sequences()])
      end(sequence, 'abort', counters, reason);
    count();
  };

  /** One token for all; false when nobody is left. */
  const round = async (): Promise<boolean> => {
    count();
    batch.regroup();
    const admitted = selectAdmitted(waiting, batch.sequences(), limits);
    waiting = waiting.slice(admitted.length);
    if (admitted.length > 0) {
      const joined = batch.join(admitted);
      count();
      await joined;
    }
    await batch.step();
    batch.regroup();
    count();
    return waiting.length + batch.sequences().length > 0;
  };

  const work = async (): Promise<void> => {
    isWorking = true;
    try {
      while (await round()) await turn();
    } catch (error) {
      failAll(error);
      batch.clear();
    } finally {
      isWorking = false;
    }
  };

  return {
    submit(request) {
      const sequence = createSequence(request);
      waiting = [...waiting, sequence];
      count();
      // Not at once: requests made in the same moment shall share the first run.
      if (!isWorking) queueMicrotask(() => (isWorking ? undefined : void work()));
      return {
        submittedAt: sequence.submittedAt,
        next: () => sequence.inbox.take(),
        cancel(reason) {
          end(sequence, 'abort', counters, reason);
          count();
        },
      };
    },
    close: failAll,
  };
}

/** First come, first served: a large request at the head is not overtaken, or it might wait for ever. */
function selectAdmitted(
  waiting: readonly Sequence[],
  running: readonly Sequence[],
  { maxBatch, kvBlocks }: BatchLimits,
): Sequence[] {
  const admitted: Sequence[] = [];
  let free = kvBlocks - blocksOf(running);
  for (const sequence of waiting) {
    if (running.length + admitted.length >= maxBatch || sequence.blocks > free) break;
    free -= sequence.blocks;
    admitted.push(sequence);
  }
  return admitted;
}
