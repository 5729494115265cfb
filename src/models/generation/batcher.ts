import { seededRandom, type Random } from '../random.ts';
import { END_ID } from '../tokenizer.ts';
import { observe, type Counters } from './counters.ts';
import { createInbox, type Inbox } from './inbox.ts';
import {
  appendToCache,
  arrangeCache,
  blocksFor,
  emptyCache,
  type KvCache,
  type KvShape,
} from './kv-cache.ts';
import { createTurns } from './next-turn.ts';
import { runTokens, type DecoderSession, type TokenRun } from './run-tokens.ts';
import { sampleToken, type Sampling } from './sample.ts';

/** What may run at the same time. */
export interface BatchLimits {
  /** Sequences. */
  readonly maxBatch: number;
  /** Blocks of KV memory; a sequence reserves on admission what it may grow to. */
  readonly kvBlocks: number;
}

/** One text to continue. */
export interface SequenceRequest extends Sampling {
  readonly prompt: readonly number[];
  /** At most this many tokens; prompt and tokens fit in the model's context. */
  readonly maxTokens: number;
  readonly seed: number;
}

/** One token of a sequence; the last one says why it is the last. */
interface TokenEvent {
  readonly id: number;
  readonly finish: 'stop' | 'length' | null;
  /** When it was made, by performance.now(). */
  readonly at: number;
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

interface Sequence {
  readonly request: SequenceRequest;
  readonly inbox: Inbox<TokenEvent>;
  readonly random: Random;
  readonly blocks: number;
  readonly submittedAt: number;
  lastAt: number;
  last: number;
  made: number;
  isOver: boolean;
}

/** A batcher over one open model; it works only while there are requests. */
export function createBatcher(
  session: DecoderSession,
  shape: KvShape,
  limits: BatchLimits,
  counters: Counters,
): Batcher {
  let waiting: Sequence[] = [];
  let joining: Sequence[] = [];
  let running: Sequence[] = [];
  let cache: KvCache = emptyCache(shape, 0);
  let isWorking = false;
  const turn = createTurns();

  const count = (): void => {
    waiting = waiting.filter(({ isOver }) => !isOver);
    counters.waitingRequests = waiting.length;
    const active = [...joining, ...running].filter(({ isOver }) => !isOver);
    counters.runningRequests = active.length;
    counters.kvCacheUsage = blocksOf(active) / limits.kvBlocks;
  };

  /** Sequences that ended leave, those whose prompt was read into `read` join. */
  const regroup = (read?: KvCache): void => {
    const stay = running.flatMap((sequence, row) =>
      sequence.isOver ? [] : [{ sequence, cache, row }],
    );
    const join = read
      ? joining.flatMap((sequence, row) =>
          sequence.isOver ? [] : [{ sequence, cache: read, row }],
        )
      : [];
    const isSame = stay.length === running.length && join.length === 0;
    const isWide = cache.columns > Math.max(0, ...cache.lengths);
    joining = [];
    if (isSame && isWide) return;
    const picks = [...stay, ...join];
    running = picks.map(({ sequence }) => sequence);
    cache = picks.length === 0 ? emptyCache(shape, 0) : arrangeCache(shape, picks);
  };

  const admit = (): Sequence[] => {
    const admitted: Sequence[] = [];
    let free = limits.kvBlocks - blocksOf(running);
    // First come, first served: a large request at the head is not overtaken, or it might wait for ever.
    for (const sequence of waiting) {
      if (running.length + admitted.length >= limits.maxBatch || sequence.blocks > free) break;
      free -= sequence.blocks;
      admitted.push(sequence);
    }
    waiting = waiting.slice(admitted.length);
    return admitted;
  };

  const readPrompts = async (): Promise<void> => {
    const prompts = joining.map(({ request }) => request.prompt);
    const nothing = emptyCache(shape, joining.length);
    const result = await runTokens(session, shape, nothing, prompts);
    const read = arrangeCache(
      shape,
      joining.map((_, row) => ({ cache: nothing, row })),
      Math.max(...prompts.map(({ length }) => length)),
    );
    appendToCache(
      shape,
      read,
      result.outputs,
      prompts.map(({ length }) => length),
    );
    for (const { length } of prompts) counters.promptTokens += length;
    deliver(joining, result, counters);
    regroup(read);
  };

  const step = async (): Promise<void> => {
    const result = await runTokens(
      session,
      shape,
      cache,
      running.map(({ last }) => [last]),
    );
    appendToCache(
      shape,
      cache,
      result.outputs,
      running.map(() => 1),
    );
    deliver(running, result, counters);
  };

  const failAll = (reason: unknown): void => {
    for (const sequence of [...waiting, ...joining, ...running])
      end(sequence, 'abort', counters, reason);
    count();
  };

  const work = async (): Promise<void> => {
    isWorking = true;
    try {
      for (;;) {
        count();
        regroup();
        joining = admit();
        count();
        if (joining.length > 0) await readPrompts();
        if (running.length > 0) await step();
        regroup();
        count();
        if (waiting.length + running.length === 0) return;
        await turn();
      }
    } catch (error) {
      failAll(error);
      [joining, running] = [[], []];
    } finally {
      isWorking = false;
    }
  };

  return {
    submit(request) {
      const sequence = createSequence(request);
      waiting.push(sequence);
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

function createSequence(request: SequenceRequest): Sequence {
  const now = performance.now();
  return {
    request,
    inbox: createInbox(),
    random: seededRandom(request.seed),
    blocks: blocksFor(request.prompt.length + request.maxTokens),
    submittedAt: now,
    lastAt: now,
    last: END_ID,
    made: 0,
    isOver: false,
  };
}

function blocksOf(sequences: readonly Sequence[]): number {
  return sequences.reduce((sum, { blocks }) => sum + blocks, 0);
}

/** Draws each sequence's next token from a run and hands it over. */
function deliver(sequences: readonly Sequence[], result: TokenRun, counters: Counters): void {
  const at = performance.now();
  sequences.forEach((sequence, row) => {
    if (sequence.isOver) return;
    const id = sampleToken(result.logitsOf(row), sequence.request, sequence.random);
    observe(
      sequence.made === 0 ? counters.timeToFirstToken : counters.timePerOutputToken,
      (at - sequence.lastAt) / 1000,
    );
    counters.generationTokens += 1;
    Object.assign(sequence, { last: id, lastAt: at, made: sequence.made + 1 });
    const finish =
      id === END_ID ? 'stop' : sequence.made === sequence.request.maxTokens ? 'length' : null;
    sequence.inbox.put({ id, finish, at });
    if (finish) end(sequence, finish, counters);
  });
}

function end(
  sequence: Sequence,
  reason: keyof Counters['finished'],
  counters: Counters,
  failure?: unknown,
): void {
  if (sequence.isOver) return;
  sequence.isOver = true;
  counters.finished[reason] += 1;
  if (reason === 'abort') sequence.inbox.fail(failure);
}
