import type { PathContent, PathItem, Unit } from '#paths/version.ts';
import { countsAt, latestOf, reach, type Deed, type Reached } from './deed.ts';
import type { Extension, Terms } from './terms.ts';

/** One person that an assignment may be for. */
export interface Assigned {
  /** Since when it is asked of them: assigned themselves, or in the team. Null where they left. */
  readonly since: Date | null;
  readonly extension: Extension | null;
  readonly deeds: readonly Deed[];
}

export type StandingKind =
  /** They left, or joined after it was due. */
  | 'not-asked'
  | 'withdrawn'
  | 'upcoming'
  | 'not-started'
  | 'in-progress'
  | 'done'
  | 'done-late'
  /** Not done in time; late work counts. */
  | 'overdue'
  /** Not done in time; late work does not count. */
  | 'closed';

/** Where one person stands with one assignment. */
export interface Standing {
  readonly kind: StandingKind;
  /** Required lessons and labs that are done. */
  readonly done: number;
  readonly of: number;
  /** With the extension, where there is one. */
  readonly dueAt: Date;
  readonly extension: Extension | null;
  readonly doneAt: Date | null;
  /** In time by the device's clock, but the server learned of it after the due time. */
  readonly isReportedLate: boolean;
  /** Where to go on; null where nothing is left to do. */
  readonly next: { readonly item: string; readonly unit: Unit } | null;
  readonly items: readonly ItemStanding[];
}

interface ItemStanding {
  readonly id: string;
  readonly optional: boolean;
  readonly done: number;
  readonly of: number;
  /** Items that come first and are not done. */
  readonly waitsFor: readonly string[];
}

/** Where a person stands at a moment. Order of deeds does not matter. */
export function standingOf(
  terms: Terms,
  { items }: PathContent,
  person: Assigned,
  now: Date,
): Standing {
  const { extension, deeds } = person;
  const dueAt = extension?.dueAt ?? terms.dueAt;
  const inTime = deeds.filter((deed) => countsAt(deed) <= dueAt);
  const free = optionalItems(terms, items);
  const units = requiredUnits(items, free);
  const timelyAt = finishedAt(units, reach(inTime));
  const counted = timelyAt || terms.late === 'close' ? inTime : deeds;
  const reached = reach(counted);
  const doneAt = timelyAt ?? finishedAt(units, reached);
  const done = units.filter((unit) => reached.doneAt(unit)).length;
  const isStarted = items.some((item) => item.units.some((unit) => reached.isTouched(unit)));
  const standings = items.map((item) => itemStanding(item, items, free, reached));
  const kind = kindOf(terms, person, { dueAt, doneAt, isStarted }, now);
  return {
    kind,
    done: timelyAt ? units.length : done,
    of: units.length,
    dueAt,
    extension,
    doneAt,
    isReportedLate: timelyAt !== null && learnedAt(units, inTime) > dueAt,
    next: findNext(items, standings, reached),
    items: standings,
  };
}

interface Facts {
  readonly dueAt: Date;
  readonly doneAt: Date | null;
  readonly isStarted: boolean;
}

function kindOf(terms: Terms, person: Assigned, facts: Facts, now: Date): StandingKind {
  if (terms.withdrawnAt) return 'withdrawn';
  if (!isAsked(terms, person)) return 'not-asked';
  if (facts.doneAt) return facts.doneAt > facts.dueAt ? 'done-late' : 'done';
  return kindOfOpen(terms, facts, now);
}

function isAsked({ dueAt }: Terms, { since, extension }: Assigned): boolean {
  return since !== null && (since <= dueAt || extension !== null);
}

function kindOfOpen(terms: Terms, { dueAt, isStarted }: Facts, now: Date): StandingKind {
  if (now < terms.startsAt) return 'upcoming';
  if (now > dueAt) return terms.late === 'close' ? 'closed' : 'overdue';
  return isStarted ? 'in-progress' : 'not-started';
}

function optionalItems({ optional }: Terms, items: readonly PathItem[]): ReadonlySet<string> {
  return new Set([...optional, ...items.filter((item) => item.optional).map(({ id }) => id)]);
}

/** Each once, though a course and an item of its own may both name it. Where all is optional, all counts. */
function requiredUnits(items: readonly PathItem[], free: ReadonlySet<string>): Unit[] {
  const required = items.filter(({ id }) => !free.has(id));
  const units = (required.length > 0 ? required : items).flatMap((item) => item.units);
  return [...new Map(units.map((unit) => [`${unit.kind} ${unit.id}`, unit])).values()];
}

function finishedAt(units: readonly Unit[], reached: Reached): Date | null {
  return latestOf(units.map((unit) => reached.doneAt(unit)));
}

/** When the server knew that all was done: with the earliest deeds that suffice, by the time they came. */
function learnedAt(units: readonly Unit[], deeds: readonly Deed[]): Date {
  const asReceived = deeds.map((deed) => ({ ...deed, at: deed.receivedAt }));
  return (
    finishedAt(units, reach(asReceived)) ??
    new Date(Math.max(...deeds.map(({ receivedAt }) => +receivedAt)))
  );
}

function itemStanding(
  item: PathItem,
  items: readonly PathItem[],
  free: ReadonlySet<string>,
  reached: Reached,
): ItemStanding {
  const isDone = ({ units }: PathItem) => units.every((unit) => reached.doneAt(unit));
  return {
    id: item.id,
    optional: free.has(item.id),
    done: item.units.filter((unit) => reached.doneAt(unit)).length,
    of: item.units.length,
    waitsFor: items
      .filter((other) => item.after.includes(other.id) && !isDone(other))
      .map(({ id }) => id),
  };
}

/** Required items first, each after what it waits for; optional ones once all required are done. */
function findNext(
  items: readonly PathItem[],
  standings: readonly ItemStanding[],
  reached: Reached,
): Standing['next'] {
  const open = standings.filter(({ done, of }) => done < of);
  const wanted = open.find(({ optional }) => !optional) ?? open[0];
  if (!wanted) return null;
  const first = (standing: ItemStanding): ItemStanding => {
    const before = open.find(({ id }) => standing.waitsFor.includes(id));
    return before ? first(before) : standing;
  };
  const { id } = first(wanted);
  const units = items.find((item) => item.id === id)?.units ?? [];
  const left = units.filter((unit) => !reached.doneAt(unit));
  // What was begun is resumed before something new in the same course.
  const unit = left.find((entry) => reached.isTouched(entry)) ?? left[0];
  return unit ? { item: id, unit } : null;
}
