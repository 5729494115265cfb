import type { Counters } from './counters.ts';
import type { Decoder } from './decoder.ts';
import type { KvRows } from './kv-cache.ts';
import { deliver, type Sequence } from './sequence.ts';

/** The sequences that share each run of the model, with their keys and values. */
export interface RunningBatch {
  /** Those that run and those whose prompt is being read. */
  sequences(): readonly Sequence[];
  /** Reads the prompts in one run, gives each sequence its first token and takes it in. */
  join(sequences: readonly Sequence[]): Promise<void>;
  /** One more token for each. */
  step(): Promise<void>;
  /** Lets go of sequences that have ended and makes room for the next token of the others. */
  regroup(): void;
  /** Lets go of all. */
  clear(): void;
}

/** A batch without sequences over one open model. */
export function createRunningBatch(decoder: Decoder, counters: Counters): RunningBatch {
  let joining: readonly Sequence[] = [];
  let running: readonly Sequence[] = [];
  let cache: KvRows = decoder.empty(0);

  const replaceCache = (by: KvRows): void => {
    const old = cache;
    cache = by;
    decoder.free(old);
  };

  /** Sequences that ended leave, those whose prompt was read into `read` join. */
  const regroup = (read?: KvRows): void => {
    const stay = pick(running, cache);
    const join = read ? pick(joining, read) : [];
    joining = [];
    const isSame = stay.length === running.length && join.length === 0;
    const isWide = cache.columns > Math.max(0, ...cache.lengths);
    if (isSame && isWide) return;
    const picks = [...stay, ...join];
    running = picks.map(({ sequence }) => sequence);
    replaceCache(picks.length === 0 ? decoder.empty(0) : decoder.arrange(picks));
  };

  return {
    sequences: () => [...joining, ...running],
    async join(sequences) {
      joining = sequences;
      const prompts = joining.map(({ request }) => request.prompt);
      const counts = prompts.map(({ length }) => length);
      const nothing = decoder.empty(joining.length);
      const result = await decoder.run(nothing, prompts);
      const rows = joining.map((_, row) => ({ cache: nothing, row }));
      const read = decoder.arrange(rows, Math.max(...counts));
      result.keepIn(read, counts);
      for (const count of counts) counters.promptTokens += count;
      deliver(joining, result, counters);
      regroup(read);
      decoder.free(nothing);
      decoder.free(read);
    },
    async step() {
      if (running.length === 0) return;
      const last = running.map((sequence) => [sequence.last]);
      const result = await decoder.run(cache, last);
      result.keepIn(
        cache,
        running.map(() => 1),
      );
      deliver(running, result, counters);
    },
    regroup: () => regroup(),
    clear() {
      [joining, running] = [[], []];
      replaceCache(decoder.empty(0));
    },
  };
}

/** The rows of sequences that have not ended. */
function pick(sequences: readonly Sequence[], cache: KvRows) {
  return sequences.flatMap((sequence, row) => (sequence.isOver ? [] : [{ sequence, cache, row }]));
}
