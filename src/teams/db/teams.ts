import { and, asc, eq, sql } from 'drizzle-orm';
import { team } from '#accounts/tables.ts';
import type { Queries } from '#platform/audit.ts';
import type { Whose } from './people.ts';

/** The teams whose people are looked at, by name. */
export async function listTeamsOf(
  db: Queries,
  { organisation, scope }: Whose,
): Promise<{ id: string; name: string }[]> {
  const isInScope = scope === 'all' ? sql`true` : sql`${team.id} = ANY(${sql.param([...scope])})`;
  return db
    .select({ id: team.id, name: team.name })
    .from(team)
    .where(and(eq(team.organizationId, organisation), isInScope))
    .orderBy(asc(team.name));
}
