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

/** `passed-before`: nothing is kept of tries after the one that was right. */
export type Kept =
  | { readonly kind: 'kept'; readonly tries: number; readonly pauseSeconds: number }
  | { readonly kind: 'passed-before' }
  | { readonly kind: 'pause'; readonly seconds: number };

/** Keeps a graded try, unless a pause is not over: then nothing may be told of the grade. */
export function keepAnswer(
  db: NodePgDatabase,
  { account, lesson, check }: TryPlace,
  { answer, correct }: { readonly answer: Answer; readonly correct: boolean },
  now: Date,
): Promise<Kept> {
  return db.transaction(async (tx): Promise<Kept> => {
    // Tries that come at once must wait for each other, or all would be free.
    const key = `answer ${account} ${lesson} ${check}`;
    await tx.execute(sql`SELECT pg_advisory_xact_lock(hashtextextended(${key}, 0))`);
    const tries = await tx
      .select({ correct: gradedAnswer.correct, at: gradedAnswer.answeredAt })
      .from(gradedAnswer)
      .where(
        and(
          eq(gradedAnswer.account, account),
          eq(gradedAnswer.lesson, lesson),
          eq(gradedAnswer.checkId, check),
        ),
      )
      .orderBy(asc(gradedAnswer.id));
    if (tries.at(-1)?.correct) return { kind: 'passed-before' };
    const seconds = pauseLeft(tries, now);
    if (seconds > 0) return { kind: 'pause', seconds };
    await tx
      .insert(gradedAnswer)
      .values({ account, lesson, checkId: check, answer, correct, answeredAt: now });
    const pauseSeconds = correct ? 0 : pauseAfter(tries.length);
    return { kind: 'kept', tries: tries.length + 1, pauseSeconds };
  });
}
