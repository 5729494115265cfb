import { and, asc, eq, getTableColumns, inArray, isNull, sql, type SQL } from 'drizzle-orm';
import { team, user } from '#accounts/tables.ts';
import { pathVersion } from '#paths/tables.ts';
import { pathContentSchema, type PathContent } from '#paths/version.ts';
import type { Queries } from '#platform/audit.ts';
import type { Assignment, Target } from '../assignment.ts';
import { assignment, assignmentExtension, assignmentTarget } from '../tables.ts';
import { latePolicies } from '../terms.ts';

/** The assignment of that id in that organisation, or null. */
export async function findAssignment(
  db: Queries,
  organisation: string,
  id: string,
): Promise<Assignment | null> {
  const where = and(eq(assignment.id, id), eq(assignment.organizationId, organisation));
  return (await readWhere(db, where))[0] ?? null;
}

/** Every assignment of an organisation, the next due first. */
export async function listAssignments(db: Queries, organisation: string): Promise<Assignment[]> {
  return readWhere(db, eq(assignment.organizationId, organisation));
}

/** The assignments of these ids, the next due first. */
export async function listById(db: Queries, ids: readonly string[]): Promise<Assignment[]> {
  return ids.length === 0 ? [] : readWhere(db, inArray(assignment.id, [...ids]));
}

/** Assignments of any organisation that began and whose end, or an extension of it, is later than `since`. */
export async function listRunning(db: Queries, now: Date, since: Date): Promise<Assignment[]> {
  const extended = sql`EXISTS (SELECT 1 FROM ${assignmentExtension}
    WHERE ${assignmentExtension.assignmentId} = ${assignment.id} AND ${assignmentExtension.dueAt} > ${since})`;
  return readWhere(
    db,
    and(
      isNull(assignment.withdrawnAt),
      sql`${assignment.startsAt} <= ${now}`,
      sql`(${assignment.dueAt} > ${since} OR ${extended})`,
    ),
  );
}

async function readWhere(db: Queries, where: SQL | undefined): Promise<Assignment[]> {
  const rows = await db
    .select({ ...getTableColumns(assignment), content: pathVersion.content })
    .from(assignment)
    .innerJoin(
      pathVersion,
      and(
        eq(pathVersion.pathId, assignment.pathId),
        eq(pathVersion.version, assignment.pathVersion),
      ),
    )
    .where(where)
    .orderBy(asc(assignment.dueAt), asc(assignment.id));
  const targets = await readTargets(
    db,
    rows.map(({ id }) => id),
  );
  const contents = new Map<string, PathContent>();
  return rows.map((row) => {
    const key = `${row.pathId} ${row.pathVersion}`;
    const content = contents.get(key) ?? pathContentSchema.parse(row.content);
    contents.set(key, content);
    return toAssignment(row, content, targets.get(row.id) ?? []);
  });
}

type Row = typeof assignment.$inferSelect;

function toAssignment(row: Row, content: PathContent, targets: readonly Target[]): Assignment {
  const late = latePolicies.find((policy) => policy === row.late);
  if (!late) throw new Error(`The assignment ${row.id} has the unknown late policy "${row.late}".`);
  return {
    id: row.id,
    organisation: row.organizationId,
    path: row.pathId,
    version: row.pathVersion,
    content,
    note: row.note,
    startsLocal: row.startsLocal,
    dueLocal: row.dueLocal,
    terms: {
      startsAt: row.startsAt,
      dueAt: row.dueAt,
      zone: row.zone,
      late,
      optional: row.optional,
      withdrawnAt: row.withdrawnAt,
    },
    revision: row.revision,
    createdBy: row.createdBy,
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
    withdrawnReason: row.withdrawnReason,
    targets,
  };
}

async function readTargets(
  db: Queries,
  ids: readonly string[],
): Promise<Map<string, readonly Target[]>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .select({
      assignment: assignmentTarget.assignmentId,
      team: assignmentTarget.teamId,
      person: assignmentTarget.userId,
      name: sql<string>`coalesce(${team.name}, ${user.name})`,
    })
    .from(assignmentTarget)
    .leftJoin(team, eq(team.id, assignmentTarget.teamId))
    .leftJoin(user, eq(user.id, assignmentTarget.userId))
    .where(sql`${assignmentTarget.assignmentId} = ANY(${sql.param([...ids])})`)
    .orderBy(sql`4`);
  const groups = Map.groupBy(rows, (row) => row.assignment);
  return new Map(
    [...groups].map(([id, group]) => [
      id,
      group.map((row) => ({
        kind: row.team === null ? ('person' as const) : ('team' as const),
        id: row.team ?? row.person ?? '',
        name: row.name,
      })),
    ]),
  );
}
