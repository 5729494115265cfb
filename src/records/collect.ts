import { eq, sql } from 'drizzle-orm';
import type { Queries } from '#platform/audit.ts';
import { listDeeds } from './db/list-deeds.ts';
import { statementId, toStatement } from './statement.ts';
import { recordKeeping, recordStatement } from './tables.ts';

const atOnce = 500;
/** A row becomes visible when its transaction ends, which may be after a younger row was read. */
const overlapMs = 10 * 60_000;

/**
 * Makes statements of what organisations that keep records did since the last time, and resolves to how
 * many. Several nodes may do so at once: a deed becomes one statement.
 */
export async function collectStatements(db: Queries, origin: string): Promise<number> {
  const keeping = await db.select().from(recordKeeping);
  let made = 0;
  for (const { organizationId, actor, startedAt, coveredUntil } of keeping) {
    const [clock] = (await db.execute<{ now: string }>(sql`SELECT now() AS now`)).rows;
    const since = new Date(Math.max(+startedAt, +coveredUntil - overlapMs));
    const query = { organisation: organizationId, since, limit: atOnce, isNew: true };
    const learned = await listDeeds(db, query);
    const deeds = learned.flatMap(({ deed }) => (deed ? [deed] : []));
    const context = { organisation: organizationId, origin, actor };
    if (deeds.length > 0)
      await db
        .insert(recordStatement)
        .values(
          deeds.map((deed) => ({
            id: statementId(organizationId, deed),
            organizationId,
            userId: deed.person.id,
            source: deed.source,
            statement: toStatement(deed, context),
          })),
        )
        .onConflictDoNothing();
    const isAll = learned.length < atOnce;
    const until = isAll ? new Date(clock!.now) : learned.at(-1)!.learnedAt;
    await db
      .update(recordKeeping)
      .set({ coveredUntil: sql`greatest(${recordKeeping.coveredUntil}, ${until.toISOString()})` })
      .where(eq(recordKeeping.organizationId, organizationId));
    made += deeds.length;
  }
  return made;
}
