import { and, eq, isNull, sql } from 'drizzle-orm';
import { writeAudit } from '#platform/audit.ts';
import type { Asker } from './asker.ts';
import { assignment, assignmentExtension } from './tables.ts';

export interface ExtensionDraft {
  readonly person: string;
  readonly dueLocal: string;
  readonly dueAt: Date;
  readonly reason: string;
}

/** Gives one person more time; false where the assignment was withdrawn meanwhile. */
export async function extendAssignment(
  { db, person: granter, membership: { organisation } }: Asker,
  id: string,
  { person, dueLocal, dueAt, reason }: ExtensionDraft,
): Promise<boolean> {
  return db.transaction(async (tx) => {
    // Calendars tell a changed entry by its number.
    const rows = await tx
      .update(assignment)
      .set({ revision: sql`${assignment.revision} + 1`, updatedAt: sql`now()` })
      .where(and(eq(assignment.id, id), isNull(assignment.withdrawnAt)))
      .returning({ id: assignment.id });
    if (rows.length === 0) return false;
    await tx.insert(assignmentExtension).values({
      assignmentId: id,
      userId: person,
      dueLocal,
      dueAt,
      reason,
      grantedBy: granter.id,
    });
    await writeAudit(tx, {
      actor: granter.id,
      action: 'extension granted',
      subject: `assignment:${id}`,
      details: { organisation, person, dueAt },
    });
    return true;
  });
}
