import { eq, inArray, lt, sql } from 'drizzle-orm';
import type { Queries } from '#platform/audit.ts';
import { rateLimit } from './tables.ts';
import { newId } from './db/new-id.ts';

export interface Limit {
  readonly seconds: number;
  readonly max: number;
}

export interface LimitAnswer {
  readonly allowed: boolean;
  /** Seconds until the window ends; null where it was allowed. */
  readonly retryAfter: number | null;
}

const hourMs = 3_600_000;
/** Longer than any window. */
const rememberMs = 24 * hourMs;
let forgotAt = 0;

/** Counts one try under a key, on all nodes together. A window begins with its first try. */
export async function consumeLimit(
  db: Queries,
  key: string,
  { seconds, max }: Limit,
): Promise<LimitAnswer> {
  const now = Date.now();
  const begun = now - seconds * 1000;
  const isOver = sql`${rateLimit.lastRequest} <= ${begun}`;
  const [row] = await db
    .insert(rateLimit)
    .values({ id: newId(), key, count: 1, lastRequest: now })
    .onConflictDoUpdate({
      target: rateLimit.key,
      set: {
        count: sql`CASE WHEN ${isOver} THEN 1 ELSE ${rateLimit.count} + 1 END`,
        lastRequest: sql`CASE WHEN ${isOver} THEN ${now}::bigint ELSE ${rateLimit.lastRequest} END`,
      },
    })
    .returning();
  if (row?.count === 1) await forgetOld(db, now);
  if (!row || row.count <= max) return { allowed: true, retryAfter: null };
  return { allowed: false, retryAfter: Math.ceil((row.lastRequest + seconds * 1000 - now) / 1000) };
}

/** Forgets the tries under a key, for example after the right password. */
export async function clearLimit(db: Queries, key: string): Promise<void> {
  await db.delete(rateLimit).where(eq(rateLimit.key, key));
}

/** Forgets the tries of a person whose account is deleted: a key is `<what>:<id or address>`, with or without more. */
export async function clearLimitsOf(
  db: Queries,
  { id, email }: { id: string; email: string },
): Promise<void> {
  const subject = sql`split_part(${rateLimit.key}, ':', 2)`;
  await db.delete(rateLimit).where(inArray(subject, [id, email]));
}

/** A key that is not tried again would stay for ever, and most have an address in them. Once an hour is enough. */
async function forgetOld(db: Queries, now: number): Promise<void> {
  if (now - forgotAt < hourMs) return;
  forgotAt = now;
  await db.delete(rateLimit).where(lt(rateLimit.lastRequest, now - rememberMs));
}
