import { isInside, type Span } from './measure.ts';

/** Time of a test, in milliseconds from its beginning. It costs no real time. */
export interface Clock {
  now(): number;
  /** Resolves at that time; at once when it has passed. */
  until(at: number): Promise<void>;
}

interface RunningClock extends Clock {
  /** Moves time on until `work` has ended; false when it never will, or not before `end`. */
  run(work: () => Promise<void>, end: number): Promise<boolean>;
}

interface Event {
  readonly at: number;
  readonly order: number;
  readonly wake: () => void;
}

/** Promise callbacks that may follow one another before time moves on. */
const TURNS = 24;
/** How long this thread is kept before it answers to its health check, milliseconds of real time. */
const BREATH_MS = 100;

/** A clock at 0 on a machine that stands still during `pause`: what was due then happens at its end. */
export function createClock(pause: Span): RunningClock {
  const events: Event[] = [];
  let now = 0;
  let order = 0;
  const until = (at: number): Promise<void> =>
    new Promise((wake) => {
      const due = at > now ? at : now;
      push(events, {
        at: isInside(due, pause) ? (pause.at + pause.length) * 1000 : due,
        order: order++,
        wake,
      });
    });
  return {
    now: () => now,
    until,
    async run(work, end) {
      let isOver = false;
      const done = work().finally(() => {
        isOver = true;
      });
      // A failure is met below; without this it is also "unhandled".
      done.catch(() => {});
      let breath = performance.now();
      for (;;) {
        for (let turn = 0; turn < TURNS && !isOver; turn += 1) await null;
        const event = isOver ? undefined : pop(events);
        if (!event || event.at > end) break;
        now = event.at;
        event.wake();
        if (performance.now() - breath < BREATH_MS) continue;
        await new Promise((resolve) => setTimeout(resolve));
        breath = performance.now();
      }
      if (isOver) await done;
      return isOver;
    },
  };
}

function push(heap: Event[], event: Event): void {
  let index = heap.push(event) - 1;
  while (index > 0) {
    const parent = (index - 1) >> 1;
    const above = heap[parent] as Event;
    if (!isBefore(event, above)) break;
    heap[index] = above;
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
