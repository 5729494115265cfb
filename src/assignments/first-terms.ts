import { desc, eq } from 'drizzle-orm';
import { readSettings } from '#settings/read-settings.ts';
import type { Asker } from './asker.ts';
import { assignment } from './tables.ts';
import type { Terms } from './terms.ts';

/** What the form of a new assignment begins with: as the organisation's settings say, or the zone used last; UTC before that. */
export async function firstTerms(asker: Asker): Promise<Pick<Terms, 'zone' | 'late'>> {
  const { zone, late } = await readSettings(asker.db, asker.membership.organisation);
  return { zone: zone || (await lastZone(asker)), late };
}

async function lastZone({ db, membership }: Asker): Promise<string> {
  const [row] = await db
    .select({ zone: assignment.zone })
    .from(assignment)
    .where(eq(assignment.organizationId, membership.organisation))
    .orderBy(desc(assignment.createdAt))
    .limit(1);
  return row?.zone ?? 'UTC';
}
