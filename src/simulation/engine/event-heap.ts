/** What is to happen at which virtual time; equal times in the order in which they were scheduled. */
export interface EventHeap {
  /** Infinity when nothing is scheduled. */
  nextAt(): number;
  schedule<Subject>(at: number, action: (subject: Subject) => void, subject: Subject): void;
  /** Takes the next one out and runs it. */
  runNext(): void;
}

/** A binary heap in parallel arrays: an event costs no object. */
export function createEventHeap(): EventHeap {
  const times: number[] = [];
  const orders: number[] = [];
  const actions: ((subject: never) => void)[] = [];
  const subjects: unknown[] = [];
  let size = 0;
  let order = 0;

  const put = (index: number, from: number): void => {
    times[index] = times[from] as number;
    orders[index] = orders[from] as number;
    actions[index] = actions[from] as (typeof actions)[number];
    subjects[index] = subjects[from];
  };
  const isBefore = (left: number, at: number, atOrder: number): boolean => {
    const time = times[left] as number;
    return time < at || (time === at && (orders[left] as number) < atOrder);
  };
  const place = (
    index: number,
    at: number,
    atOrder: number,
    action: (typeof actions)[number],
    subject: unknown,
  ): void => {
    times[index] = at;
    orders[index] = atOrder;
    actions[index] = action;
    subjects[index] = subject;
  };
  /** Where the last event belongs when it starts at the root. */
  const sink = (at: number, atOrder: number): number => {
    let index = 0;
    for (;;) {
      let child = 2 * index + 1;
      if (child >= size) return index;
      const right = child + 1;
      if (right < size && isBefore(right, times[child] as number, orders[child] as number))
        child = right;
      if (!isBefore(child, at, atOrder)) return index;
      put(index, child);
      index = child;
    }
  };

  return {
    nextAt: () => (size === 0 ? Infinity : (times[0] as number)),
    schedule(at, action, subject) {
      const mine = order++;
      let index = size++;
      while (index > 0) {
        const parent = (index - 1) >> 1;
        if (isBefore(parent, at, mine)) break;
        put(index, parent);
        index = parent;
      }
      place(index, at, mine, action, subject);
    },
    runNext() {
      const action = actions[0] as (subject: unknown) => void;
      const subject = subjects[0];
      size -= 1;
      if (size > 0) {
        const at = times[size] as number;
        const atOrder = orders[size] as number;
        const lastAction = actions[size] as (typeof actions)[number];
        const lastSubject = subjects[size];
        place(sink(at, atOrder), at, atOrder, lastAction, lastSubject);
      }
      subjects[size] = null;
      action(subject);
    },
  };
}
