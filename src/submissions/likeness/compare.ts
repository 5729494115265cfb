/** A submission with the passages of its own. */
interface Compared {
  readonly submission: string;
  readonly person: string;
  readonly submittedAt: string;
  readonly fingerprints: readonly number[];
}

interface Pair<One> {
  readonly one: One;
  readonly other: One;
  readonly passages: number;
  readonly share: number;
}

/** Fewer own passages than this are alike by chance where a lab has one right answer. */
const FEWEST = 12;
/** So much of the smaller one has to be in the other. */
const LEAST_SHARE = 0.8;
/** What more than this many people wrote is how the lab is solved, and no sign. */
const COMMON = 4;
const COMMON_SHARE = 0.1;

/** The pairs of different people that are alike, of which one at least was asked for. */
export function compareFingerprints<One extends Compared>(
  all: readonly One[],
  asked: ReadonlySet<string>,
): Pair<One>[] {
  const rare = selectRare(all);
  const byPassage = indexByPassage(all, rare);
  return all.flatMap((one, at) => {
    if (!asked.has(one.submission)) return [];
    const shared = countShared(rare[at] ?? [], byPassage);
    return [...shared].flatMap(([index, passages]) => {
      const other = all[index];
      if (passages < FEWEST || !other || other.person === one.person) return [];
      // A pair of two that were asked for comes once.
      if (asked.has(other.submission) && index < at) return [];
      const share = passages / smallerOf(rare[at], rare[index]);
      return share < LEAST_SHARE ? [] : [order({ one, other, passages, share })];
    });
  });
}

function smallerOf(...sets: readonly (readonly number[] | undefined)[]): number {
  return Math.min(...sets.map((set) => set?.length ?? 0));
}

function order<One extends Compared>(pair: Pair<One>): Pair<One> {
  const { one, other } = pair;
  const isInOrder = new Date(one.submittedAt).getTime() <= new Date(other.submittedAt).getTime();
  return isInOrder ? pair : { ...pair, one: other, other: one };
}

/** Of each submission the passages that few people have. */
function selectRare(all: readonly Compared[]): readonly (readonly number[])[] {
  const people = new Map<number, Set<string>>();
  for (const { person, fingerprints } of all)
    for (const passage of fingerprints) {
      const having = people.get(passage) ?? new Set();
      people.set(passage, having.add(person));
    }
  const most = Math.max(COMMON, COMMON_SHARE * new Set(all.map(({ person }) => person)).size);
  return all.map(({ fingerprints }) =>
    fingerprints.filter((passage) => (people.get(passage)?.size ?? 0) <= most),
  );
}

function indexByPassage(
  all: readonly Compared[],
  rare: readonly (readonly number[])[],
): ReadonlyMap<number, number[]> {
  const index = new Map<number, number[]>();
  for (const at of all.keys())
    for (const passage of rare[at] ?? []) {
      const having = index.get(passage);
      if (having) having.push(at);
      else index.set(passage, [at]);
    }
  return index;
}

function countShared(
  passages: readonly number[],
  index: ReadonlyMap<number, readonly number[]>,
): ReadonlyMap<number, number> {
  const counts = new Map<number, number>();
  for (const passage of passages)
    for (const at of index.get(passage) ?? []) counts.set(at, (counts.get(at) ?? 0) + 1);
  return counts;
}
