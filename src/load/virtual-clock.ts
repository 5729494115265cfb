import type { Clock } from './clock.ts';

/** A clock whose time moves only when everything that could happen at the present has happened. */
export interface VirtualClock extends Clock {
  /** Advances from event to event until `work` settles, and returns its result. */
  run<Result>(work: Promise<Result>): Promise<Result>;
}

interface Event {
  readonly at: number;
  readonly order: number;
  callback: (() => void) | null;
}

/** Makes a virtual clock at 0. `settle` resolves once all pending promise callbacks have run (`setImmediate` in Node). */
export function createVirtualClock(settle: () => Promise<unknown>): VirtualClock {
  const events: Event[] = [];
  let now = 0;
  let order = 0;

  const callAt = (at: number, callback: () => void) => {
    const event: Event = { at: Math.max(at, now), order: order++, callback };
    push(events, event);
    return () => {
      event.callback = null;
    };
  };

  return {
    now: () => now,
    callAt,
    waitUntil(at, signal) {
      return new Promise((resolve) => {
        if (at <= now || signal.aborted) return resolve();
        const finish = () => {
          cancel();
          signal.removeEventListener('abort', finish);
          resolve();
        };
        const cancel = callAt(at, finish);
        signal.addEventListener('abort', finish);
      });
    },
    async run(work) {
      let settled = false;
      const mark = () => {
        settled = true;
      };
      work.then(mark, mark);
      for (;;) {
        await settle();
        if (settled) return work;
        const event = pop(events);
        if (!event) throw new Error('Nothing is left to happen and the work has not settled.');
        if (!event.callback) continue;
        now = event.at;
        event.callback();
      }
    },
  };
}

function push(heap: Event[], event: Event): void {
  let index = heap.push(event) - 1;
  while (index > 0) {
    const parent = (index - 1) >> 1;
    if (!isBefore(event, heap[parent] as Event)) break;
    heap[index] = heap[parent] as Event;
    index = parent;
  }
  heap[index] = event;
}

function pop(heap: Event[]): Event | undefined {
  const first = heap[0];
  const last = heap.pop();
  if (!first || !last || first === last) return first;
  let index = 0;
  for (;;) {
    let child = 2 * index + 1;
    if (child >= heap.length) break;
    if (child + 1 < heap.length && isBefore(heap[child + 1] as Event, heap[child] as Event))
      child += 1;
    if (!isBefore(heap[child] as Event, last)) break;
    heap[index] = heap[child] as Event;
    index = child;
  }
  heap[index] = last;
  return first;
}

function isBefore(left: Event, right: Event): boolean {
  return left.at < right.at || (left.at === right.at && left.order < right.order);
}
