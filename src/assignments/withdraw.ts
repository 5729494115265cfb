import { and, eq, isNull, sql } from 'drizzle-orm';
import { writeAudit } from '#platform/audit.ts';
import type { Asker } from './asker.ts';
import { assignment } from './tables.ts';

/** Asks nothing more of anybody, and says why; false where it was withdrawn already. */
export async function withdrawAssignment(
  { db, person, membership }: Asker,
  id: string,
  reason: string,
): Promise<boolean> {
  return db.transaction(async (tx) => {
    const rows = await tx
      .update(assignment)
      .set({
        withdrawnAt: sql`now()`,
        withdrawnReason: reason,
        updatedAt: sql`now()`,
        revision: sql`${assignment.revision} + 1`,
      })
      .where(
        and(
          eq(assignment.id, id),
          eq(assignment.organizationId, membership.organisation),
          isNull(assignment.withdrawnAt),
        ),
      )
      .returning({ id: assignment.id });
    if (rows.length === 0) return false;
    await writeAudit(tx, {
      actor: person.id,
      action: 'assignment withdrawn',
      subject: `assignment:${id}`,
      details: { organisation: membership.organisation },
    });
    return true;
  });
}
