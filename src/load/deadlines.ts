import type { Clock } from './clock.ts';

interface Deadline {
  readonly at: number;
  callback: (() => void) | null;
}

/** Deadlines that are added in their order, with one timer for all of them. */
export interface Deadlines {
  /** Calls back at or soon after `at`, which is not before any earlier one. Returns its cancel. */
  add(at: number, callback: () => void): () => void;
  /** Forgets every deadline. */
  clear(): void;
}

const COMPACT_AT = 1024;

/** No deadlines yet. A timer per request would cost more than the request on a fast path. */
export function createDeadlines(clock: Clock): Deadlines {
  let queue: Deadline[] = [];
  let head = 0;
  let disarm: (() => void) | null = null;

  const dropDone = () => {
    while (head < queue.length && queue[head]?.callback === null) head += 1;
    if (head < COMPACT_AT) return;
    queue = queue.slice(head);
    head = 0;
  };
  const arm = () => {
    dropDone();
    const next = queue[head];
    if (next && !disarm) disarm = clock.callAt(next.at, fire);
  };
  const fire = () => {
    disarm = null;
    const now = clock.now();
    for (let next = queue[head]; next && next.at <= now; next = queue[head]) {
      head += 1;
      next.callback?.();
    }
    arm();
  };

  return {
    add(at, callback) {
      const deadline: Deadline = { at, callback };
      queue.push(deadline);
      arm();
      return () => {
        deadline.callback = null;
      };
    },
    clear() {
      disarm?.();
      disarm = null;
      queue = [];
      head = 0;
    },
  };
}
