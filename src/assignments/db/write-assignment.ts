import { randomUUID } from 'node:crypto';
import { and, eq, isNull, sql } from 'drizzle-orm';
import type { Queries } from '#platform/audit.ts';
import type { AssignmentDraft } from '../parse-assignment.ts';
import { assignment, assignmentTarget } from '../tables.ts';

/** Which version of a path an assignment points at. */
export interface PinnedPath {
  readonly path: string;
  readonly version: number;
}

/** Inserts an assignment with its targets; resolves to its id. */
export async function insertAssignment(
  tx: Queries,
  organisation: string,
  createdBy: string,
  draft: AssignmentDraft,
  { path, version }: PinnedPath,
): Promise<string> {
  const id = randomUUID();
  await tx.insert(assignment).values({
    id,
    organizationId: organisation,
    pathId: path,
    pathVersion: version,
    createdBy,
    ...columnsOf(draft),
  });
  await insertTargets(tx, id, draft);
  return id;
}

/** Changes an assignment that still has this revision and was not withdrawn; false where it has not. */
export async function updateAssignment(
  tx: Queries,
  id: string,
  revision: number,
  draft: AssignmentDraft,
  { path, version }: PinnedPath,
): Promise<boolean> {
  const rows = await tx
    .update(assignment)
    .set({
      ...columnsOf(draft),
      pathId: path,
      pathVersion: version,
      revision: revision + 1,
      updatedAt: sql`now()`,
    })
    .where(
      and(eq(assignment.id, id), eq(assignment.revision, revision), isNull(assignment.withdrawnAt)),
    )
    .returning({ id: assignment.id });
  if (rows.length === 0) return false;
  // Who stays keeps the moment since when it is asked of them.
  await tx.delete(assignmentTarget).where(
    sql`${assignmentTarget.assignmentId} = ${id}
      AND NOT (coalesce(${assignmentTarget.teamId}, '') = ANY(${sql.param([...draft.teams])})
        OR coalesce(${assignmentTarget.userId}, '') = ANY(${sql.param([...draft.people])}))`,
  );
  await insertTargets(tx, id, draft);
  return true;
}

function columnsOf(draft: AssignmentDraft) {
  const { note, startsLocal, dueLocal, zone, startsAt, dueAt, late, optional } = draft;
  return { note, startsLocal, dueLocal, zone, startsAt, dueAt, late, optional: [...optional] };
}

async function insertTargets(tx: Queries, id: string, draft: AssignmentDraft): Promise<void> {
  await tx
    .insert(assignmentTarget)
    .values([
      ...draft.teams.map((teamId) => ({ assignmentId: id, teamId })),
      ...draft.people.map((userId) => ({ assignmentId: id, userId })),
    ])
    .onConflictDoNothing();
}
