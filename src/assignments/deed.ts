import type { Unit } from '#paths/version.ts';

interface Dated {
  /** By the clock of the device. */
  readonly at: Date;
  /** When the server got it. */
  readonly receivedAt: Date;
}

/** What a learner did, of the synced events that an assignment looks at. */
export type Deed = Dated &
  (
    | { readonly kind: 'lesson-read'; readonly lesson: string }
    | { readonly kind: 'lesson-unread'; readonly lesson: string }
    | { readonly kind: 'check-answered'; readonly lesson: string; readonly check: string }
    /** Of a check that counts: the server graded it, no device says so. */
    | {
        readonly kind: 'check-graded';
        readonly lesson: string;
        readonly check: string;
        readonly passed: boolean;
      }
    | { readonly kind: 'verdict'; readonly lab: string; readonly passed: boolean }
  );

/** How far somebody came with what there is to learn. */
export interface Reached {
  /** When the unit was done; null while it is not. */
  doneAt(unit: Unit): Date | null;
  isTouched(unit: Unit): boolean;
}

/** When a deed counts: a device whose clock is ahead cannot have done anything after it told us. */
export function countsAt({ at, receivedAt }: Dated): Date {
  return at < receivedAt ? at : receivedAt;
}

/**
 * Sums deeds up, in any order. A lesson is done once it is read and each of its checks was answered,
 * whatever the answer, or passed where it counts; a read mark that was taken back is none. A lab is done with its first pass.
 */
export function reach(deeds: readonly Deed[]): Reached {
  const read = new Map<string, Date | null>();
  const first = new Map<string, Date>();
  const touched = new Set<string>();
  for (const deed of deeds.toSorted((one, other) => +countsAt(one) - +countsAt(other))) {
    const at = countsAt(deed);
    touched.add(deed.kind === 'verdict' ? `lab ${deed.lab}` : `lesson ${deed.lesson}`);
    if (deed.kind === 'lesson-read') read.set(deed.lesson, read.get(deed.lesson) ?? at);
    else if (deed.kind === 'lesson-unread') read.set(deed.lesson, null);
    else if (!('passed' in deed) || deed.passed) keepFirst(first, keyOf(deed), at);
  }
  return {
    isTouched: ({ kind, id }) => touched.has(`${kind} ${id}`),
    doneAt: (unit) => {
      if (unit.kind === 'lab') return first.get(`lab ${unit.id}`) ?? null;
      const moments = [
        read.get(unit.id) ?? null,
        ...unit.checks.map((check) => first.get(keyOfCheck(unit, check)) ?? null),
      ];
      return latestOf(moments);
    },
  };
}

function keyOf(deed: Exclude<Deed, { kind: 'lesson-read' | 'lesson-unread' }>): string {
  if (deed.kind === 'verdict') return `lab ${deed.lab}`;
  const place = `${deed.lesson} ${deed.check}`;
  return deed.kind === 'check-graded' ? `graded ${place}` : place;
}

function keyOfCheck({ id, counted }: Unit & { kind: 'lesson' }, check: string): string {
  return counted?.includes(check) ? `graded ${id} ${check}` : `${id} ${check}`;
}

/** The latest of the moments; null where one of them is missing, or all. */
export function latestOf(moments: readonly (Date | null)[]): Date | null {
  const present = moments.filter((moment) => moment !== null);
  if (present.length === 0 || present.length < moments.length) return null;
  return new Date(Math.max(...present.map(Number)));
}

function keepFirst(map: Map<string, Date>, key: string, at: Date): void {
  if (!map.has(key)) map.set(key, at);
}
