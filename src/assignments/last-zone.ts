import { desc, eq } from 'drizzle-orm';
import type { Asker } from './asker.ts';
import { assignment } from './tables.ts';

/** The time zone that somebody in the organisation used last; UTC before that. */
export async function lastZone({ db, membership }: Asker): Promise<string> {
  const [row] = await db
    .select({ zone: assignment.zone })
    .from(assignment)
    .where(eq(assignment.organizationId, membership.organisation))
    .orderBy(desc(assignment.createdAt))
    .limit(1);
  return row?.zone ?? 'UTC';
}
