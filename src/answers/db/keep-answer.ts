import { and, asc, eq, sql } from 'drizzle-orm';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import type { Answer } from '../answer.ts';
import { pauseAfter, pauseLeft } from '../pause.ts';
import { gradedAnswer } from '../tables.ts';

/** Where a try belongs. */
export interface TryPlace {
  readonly account: string;
  readonly lesson: string;
  readonly check: string;
}

/** A try, in the author's numbering, with its grade. */
export interface TryEntry {
  readonly id: string;
  readonly answer: Answer;
  readonly correct: boolean;
  readonly answeredAt: Date;
}

/**
 * `passed-before`: nothing is kept of tries after the one that was right. `other`: a try with this id was kept,
 * of another answer or check; nothing may be told of the grade, or every answer could be asked for with one id.
 */
export type Kept =
  | { readonly kind: 'kept'; readonly tries: number; readonly pauseSeconds: number }
  | { readonly kind: 'passed-before' }
  | { readonly kind: 'other' }
  | { readonly kind: 'pause'; readonly seconds: number };

/**
 * Keeps a graded try, unless a pause is not over: then nothing may be told of the grade. One that was kept
 * before is not kept twice, and says the same again.
 */
export function keepAnswer(
  db: NodePgDatabase,
  { account, lesson, check }: TryPlace,
  { id, answer, correct, answeredAt }: TryEntry,
  now: Date,
): Promise<Kept> {
  return db.transaction(async (tx): Promise<Kept> => {
    // Tries that come at once must wait for each other, or all would be free.
    const key = `answer ${account} ${lesson} ${check}`;
    await tx.execute(sql`SELECT pg_advisory_xact_lock(hashtextextended(${key}, 0))`);
    const { tryId, gradedAt: at } = gradedAnswer;
    const tries = await tx
      .select({ tryId, at, answer: gradedAnswer.answer, correct: gradedAnswer.correct })
      .from(gradedAnswer)
      .where(
        and(
          eq(gradedAnswer.account, account),
          eq(gradedAnswer.lesson, lesson),
          eq(gradedAnswer.checkId, check),
        ),
      )
      .orderBy(asc(gradedAnswer.id));
    const before = tries.findIndex((one) => one.tryId === id);
    const seconds = pauseLeft(tries, now);
    if (before >= 0) {
      if (!isSame(tries[before]!.answer, answer)) return { kind: 'other' };
      return { kind: 'kept', tries: before + 1, pauseSeconds: seconds };
    }
    if (tries.at(-1)?.correct) return { kind: 'passed-before' };
    if (seconds > 0) return { kind: 'pause', seconds };
    const place = { account, lesson, checkId: check };
    const added = await tx
      .insert(gradedAnswer)
      .values({ ...place, answer, correct, answeredAt, gradedAt: now, tryId: id })
      .onConflictDoNothing()
      .returning({ id: gradedAnswer.id });
    if (added.length === 0) return { kind: 'other' };
    const pauseSeconds = correct ? 0 : pauseAfter(tries.length);
    return { kind: 'kept', tries: tries.length + 1, pauseSeconds };
  });
}

function isSame(one: Answer, other: Answer): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
