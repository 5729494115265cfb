import { setTimeout as delay } from 'node:timers/promises';

/** One attempt to write. Resolves to what has to be there at the end, or rejects where nothing was acknowledged. */
export type Write = (signal: AbortSignal) => Promise<string>;

/** People who write one thing after the other and try again whenever it was not acknowledged. */
export interface Writers {
  /** Ids that were acknowledged so far, by kind. */
  readonly acknowledged: Readonly<Record<string, readonly string[]>>;
  /** Resolves once every writer was acknowledged something that was begun after this call. */
  everyoneWritesAgain(): Promise<void>;
  /** Ends them after what they are at. */
  finish(): Promise<void>;
}

/** A browser waits much longer; here a hung request must not hide that the others are answered. */
const ANSWER_LIMIT_MS = 10_000;

/** Starts one writer for each kind. */
export function startWriters(kinds: Readonly<Record<string, Write>>): Writers {
  const over = new AbortController();
  const writers = Object.entries(kinds).map(([kind, write]) => startWriter(kind, write, over));
  return {
    acknowledged: Object.fromEntries(writers.map(({ kind, ids }) => [kind, ids])),
    everyoneWritesAgain: async () => {
      await Promise.all(writers.map((writer) => writer.next()));
    },
    finish: async () => {
      over.abort();
      await Promise.all(writers.map(({ ended }) => ended));
    },
  };
}

function startWriter(kind: string, write: Write, { signal }: AbortController) {
  const ids: string[] = [];
  let waiting: { readonly from: number; readonly resolve: () => void }[] = [];
  const run = async () => {
    while (!signal.aborted) {
      const begun = performance.now();
      try {
        ids.push(await write(AbortSignal.timeout(ANSWER_LIMIT_MS)));
      } catch {
        // It was not acknowledged, so it does not count.
        await delay(20);
        continue;
      }
      for (const { from, resolve } of waiting) if (begun >= from) resolve();
      waiting = waiting.filter(({ from }) => begun < from);
    }
  };
  return {
    kind,
    ids,
    ended: run(),
    next: () => new Promise<void>((resolve) => waiting.push({ from: performance.now(), resolve })),
  };
}
