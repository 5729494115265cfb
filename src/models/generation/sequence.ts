import { seededRandom, type Random } from '../random.ts';
import { END_ID } from '../tokenizer.ts';
import { observe, type Counters } from './counters.ts';
import { createInbox, type Inbox } from './inbox.ts';
import { blocksFor } from './kv-cache.ts';
import type { DecoderRun } from './decoder.ts';
import { sampleToken, type Sampling } from './sample.ts';

/** One text to continue. */
export interface SequenceRequest extends Sampling {
  readonly prompt: readonly number[];
  /** At most this many tokens; prompt and tokens fit in the model's context. */
  readonly maxTokens: number;
  readonly seed: number;
}

/** One token of a sequence; the last one says why it is the last. */
export interface TokenEvent {
  readonly id: number;
  readonly finish: 'stop' | 'length' | null;
  /** When it was made, by performance.now(). */
  readonly at: number;
}

/** A request on its way from the queue to its last token. */
export interface Sequence {
  readonly request: SequenceRequest;
  readonly inbox: Inbox<TokenEvent>;
  readonly random: Random;
  /** KV memory that it may grow to. */
  readonly blocks: number;
  readonly submittedAt: number;
  lastAt: number;
  last: number;
  /** Every token that it was given. */
  readonly written: number[];
  isOver: boolean;
}

/** A sequence without a token, as of now. */
export function createSequence(request: SequenceRequest): Sequence {
  const now = performance.now();
  return {
    request,
    inbox: createInbox(),
    random: seededRandom(request.seed),
    blocks: blocksFor(request.prompt.length + request.maxTokens),
    submittedAt: now,
    lastAt: now,
    last: END_ID,
    written: [],
    isOver: false,
  };
}

/** KV memory that these may grow to. */
export function blocksOf(sequences: readonly Sequence[]): number {
  return sequences.reduce((sum, { blocks }) => sum + blocks, 0);
}

/** Draws each sequence's next token from a run, row by row, and hands it over. */
export function deliver(
  sequences: readonly Sequence[],
  result: Pick<DecoderRun, 'logitsOf'>,
  counters: Counters,
): void {
  const at = performance.now();
  sequences.forEach((sequence, row) => {
    if (sequence.isOver) return;
    const id = sampleToken(result.logitsOf(row), sequence.request, sequence.random);
    observe(
      sequence.written.length === 0 ? counters.timeToFirstToken : counters.timePerOutputToken,
      (at - sequence.lastAt) / 1000,
    );
    counters.generationTokens += 1;
    Object.assign(sequence, { last: id, lastAt: at });
    const isFull = sequence.written.push(id) === sequence.request.maxTokens;
    const finish = id === END_ID ? 'stop' : isFull ? 'length' : null;
    sequence.inbox.put({ id, finish, at });
    if (finish) end(sequence, finish, counters);
  });
}

/** Counts the sequence as ended, once; after an abort its reader gets `failure`. */
export function end(
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
