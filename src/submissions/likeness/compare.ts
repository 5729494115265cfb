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
export const fewest = 12;
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
  const mine = all.filter(({ submission }) => asked.has(submission));
  const rare = selectRare(mine, all);
  const near = mine.flatMap((one) =>
    all.flatMap((other) => {
      // A pair of two that were asked for comes once.
      const isOther = !asked.has(other.submission) || one.submission < other.submission;
      if (!isOther || other.person === one.person) return [];
      const passages = countShared(other, rare.get(one));
      return passages < fewest ? [] : [{ one, other, passages }];
    }),
  );
  const rareOfOthers = selectRare([...new Set(near.map(({ other }) => other))], all);
  return near.flatMap(({ one, other, passages }) => {
    const share = passages / Math.min(sizeOf(rare.get(one)), sizeOf(rareOfOthers.get(other)));
    return share < LEAST_SHARE ? [] : [order({ one, other, passages, share })];
  });
}

function order<One extends Compared>(pair: Pair<One>): Pair<One> {
  const { one, other } = pair;
  const isInOrder = new Date(one.submittedAt).getTime() <= new Date(other.submittedAt).getTime();
  return isInOrder ? pair : { ...pair, one: other, other: one };
}

/** Of each of some submissions the passages that few people have. */
function selectRare<One extends Compared>(
  some: readonly One[],
  all: readonly Compared[],
): ReadonlyMap<One, ReadonlySet<number>> {
  const counts = new Map(some.flatMap(({ fingerprints }) => fingerprints).map((each) => [each, 0]));
  const people = Map.groupBy(all, ({ person }) => person);
  for (const sent of people.values())
    for (const passage of listPassages(sent)) {
      const count = counts.get(passage);
      if (count !== undefined) counts.set(passage, count + 1);
    }
  const most = Math.max(COMMON, COMMON_SHARE * people.size);
  return new Map(
    some.map((one) => {
      const rare = one.fingerprints.filter((passage) => (counts.get(passage) ?? 0) <= most);
      return [one, new Set(rare)];
    }),
  );
}

/** Of one person, none twice. */
function listPassages(sent: readonly Compared[]): Iterable<number> {
  const [first, ...more] = sent;
  if (first && more.length === 0) return first.fingerprints;
  return new Set(sent.flatMap(({ fingerprints }) => fingerprints));
}

function countShared({ fingerprints }: Compared, rare: ReadonlySet<number> | undefined): number {
  return fingerprints.reduce((count, passage) => count + (rare?.has(passage) ? 1 : 0), 0);
}

function sizeOf(set: ReadonlySet<number> | undefined): number {
  return set?.size ?? 0;
}
