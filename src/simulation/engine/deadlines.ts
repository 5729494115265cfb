/** Something that can be given up: its serial changes as soon as the deadline no longer concerns it. */
interface Perishable {
  readonly serial: number;
}

/** Deadlines that all have the same patience, so that they fall due in the order in which they were set. */
export interface Deadlines<Subject> {
  /** Infinity when none is pending. */
  nextAt(): number;
  add(at: number, subject: Subject): void;
  runNext(): void;
}

/** A ring that forgets what ended in time as it comes to the front. */
export function createDeadlines<Subject extends Perishable>(
  onDue: (subject: Subject) => void,
): Deadlines<Subject> {
  let times: number[] = Array.from({ length: 16 }, () => 0);
  let serials: number[] = Array.from({ length: 16 }, () => 0);
  let subjects: (Subject | null)[] = Array.from({ length: 16 }, () => null);
  let head = 0;
  let count = 0;

  const grow = (): void => {
    const from = head;
    const mask = times.length - 1;
    const unroll = <Item>(items: readonly Item[], empty: Item): Item[] =>
      Array.from({ length: items.length * 2 }, (_, index) =>
        index < count ? (items[(from + index) & mask] as Item) : empty,
      );
    times = unroll(times, 0);
    serials = unroll(serials, 0);
    subjects = unroll(subjects, null);
    head = 0;
  };
  const drop = (): void => {
    subjects[head] = null;
    head = (head + 1) & (times.length - 1);
    count -= 1;
  };

  return {
    nextAt() {
      while (count > 0 && (subjects[head] as Subject).serial !== serials[head]) drop();
      return count === 0 ? Infinity : (times[head] as number);
    },
    add(at, subject) {
      if (count === times.length) grow();
      const index = (head + count) & (times.length - 1);
      times[index] = at;
      serials[index] = subject.serial;
      subjects[index] = subject;
      count += 1;
    },
    runNext() {
      const subject = subjects[head] as Subject;
      drop();
      onDue(subject);
    },
  };
}
