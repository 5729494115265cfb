import { and, asc, eq, isNull, sql } from 'drizzle-orm';
import { pathVersion } from '#paths/tables.ts';
import type { Queries } from '#platform/audit.ts';
import { assignment, assignmentTarget } from './tables.ts';

/** An assignment as far as its name goes. */
interface NamedAssignment {
  readonly id: string;
  readonly title: string;
}

/** What is asked of each team of an organisation, by team, the next due first: it goes where the team goes. */
export async function listTeamWork(
  db: Queries,
  organisation: string,
): Promise<ReadonlyMap<string, readonly NamedAssignment[]>> {
  const rows = await db
    .select({
      team: sql<string>`${assignmentTarget.teamId}`,
      id: assignment.id,
      title: sql<string>`${pathVersion.content}->>'title'`,
    })
    .from(assignmentTarget)
    .innerJoin(assignment, eq(assignment.id, assignmentTarget.assignmentId))
    .innerJoin(
      pathVersion,
      and(
        eq(pathVersion.pathId, assignment.pathId),
        eq(pathVersion.version, assignment.pathVersion),
      ),
    )
    .where(
      and(
        eq(assignment.organizationId, organisation),
        isNull(assignment.withdrawnAt),
        sql`${assignmentTarget.teamId} IS NOT NULL`,
      ),
    )
    .orderBy(asc(assignment.dueAt), asc(assignment.id));
  const groups = Map.groupBy(rows, ({ team }) => team);
  return new Map(
    [...groups].map(([team, group]) => [team, group.map(({ id, title }) => ({ id, title }))]),
  );
}
