import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { addTestPerson } from '#accounts/add-test-person.ts';
import { createRandom, pickIndex } from '#load/random.ts';
import { openTestDatabase } from '#platform/open-test-database.ts';
import { progressEntries } from './server/tables.ts';
import { activeWeek, labStanding, lessonStanding } from './tables.ts';

// A PostgreSQL is made and started.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let database: Awaited<ReturnType<typeof openTestDatabase>>;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database[Symbol.asyncDispose]());

const labs = ['l06', 'l07'] as const;
const lessons = ['serving/one', 'serving/two'] as const;
const day = 86_400_000;
const start = Date.UTC(2026, 0, 5);

/** One thing that a person did, on a day of its own. */
type Deed =
  | { at: number; lab: string; failed: string | null }
  | { at: number; lesson: string; isRead: boolean };

function draw(random: () => number, count: number): Deed[] {
  return Array.from({ length: count }, (_, index) => {
    const at = start + index * day;
    const which = pickIndex(random, 2);
    if (pickIndex(random, 2) === 0)
      return { at, lesson: lessons[which]!, isRead: pickIndex(random, 3) > 0 };
    const failed = pickIndex(random, 3) === 0 ? 'balanced' : 'answers';
    return { at, lab: labs[which]!, failed: pickIndex(random, 12) === 0 ? null : failed };
  });
}

/** Stores deeds as devices told them: in any order, some together, some with a clock far ahead. */
async function store(account: string, deeds: readonly Deed[], random: () => number): Promise<void> {
  const rest = [...deeds];
  while (rest.length > 0) {
    const some = Array.from({ length: 1 + pickIndex(random, 4) }).flatMap(() =>
      rest.splice(pickIndex(random, rest.length), 1),
    );
    await database.db.insert(progressEntries).values(some.map((deed) => toRow(account, deed)));
  }
}

function toRow(account: string, deed: Deed) {
  const receivedAt = new Date(deed.at);
  // What a clock that is ahead says is not believed: the moment of arrival counts.
  const at = new Date(
    deed.at + (Math.floor(deed.at / day) % 3 === 0 ? 400 * day : 0),
  ).toISOString();
  const content =
    'lab' in deed
      ? { kind: 'verdict', at, payload: verdict(deed) }
      : {
          kind: deed.isRead ? 'lesson-read' : 'lesson-unread',
          at,
          payload: { lesson: deed.lesson },
        };
  const id = randomUUID();
  return { account, id, pushedBy: id, kind: 'event' as const, content, receivedAt };
}

function verdict({ lab, failed }: { lab: string; failed: string | null }) {
  const checks = ['answers', 'balanced'].map((id) => ({
    id,
    status: id === failed ? 'fail' : 'pass',
  }));
  return { lab, result: failed === null ? 'pass' : 'fail', checks };
}

function expectedLab(deeds: readonly Deed[], lab: string) {
  const attempts = deeds.filter((deed) => 'lab' in deed && deed.lab === lab) as {
    at: number;
    failed: string | null;
  }[];
  const newest = attempts.at(-1)!;
  const elsewhere = attempts.findLastIndex(({ failed }) => failed !== newest.failed);
  const trail = attempts.slice(elsewhere + 1);
  const passed = attempts.find(({ failed }) => failed === null);
  return {
    lab,
    passedAt: passed ? new Date(passed.at) : null,
    failedCheck: newest.failed,
    attempts: trail.length,
    since: new Date(trail[0]!.at),
    last: new Date(newest.at),
  };
}

test.each([1, 2, 3, 4, 5])(
  'in whatever order deeds arrive, the sums are those of the whole log (seed %i)',
  async (seed) => {
    const random = createRandom(seed);
    const account = await addTestPerson(database.db);
    const deeds = draw(random, 40);
    await store(account, deeds, random);
    const { db } = database;
    const labRows = await db.select().from(labStanding).where(eq(labStanding.account, account));
    expect(labRows.toSorted((one, other) => one.lab.localeCompare(other.lab))).toMatchObject(
      labs.map((lab) => expectedLab(deeds, lab)),
    );
    const lessonRows = await db
      .select()
      .from(lessonStanding)
      .where(eq(lessonStanding.account, account));
    for (const { lesson, readAt } of lessonRows) {
      const newest = deeds.findLast((deed) => 'lesson' in deed && deed.lesson === lesson)!;
      const isRead = 'isRead' in newest && newest.isRead;
      expect(readAt).toEqual(isRead ? new Date(newest.at) : null);
    }
    expect(lessonRows).toHaveLength(2);
    const weeks = await db.select().from(activeWeek).where(eq(activeWeek.account, account));
    expect(weeks.map(({ week }) => week).toSorted()).toEqual([
      '2026-01-05',
      '2026-01-12',
      '2026-01-19',
      '2026-01-26',
      '2026-02-02',
      '2026-02-09',
    ]);
  },
);
