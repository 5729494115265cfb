import { inArray, sql } from 'drizzle-orm';
import { organization, team, user } from '#accounts/tables.ts';
import type { Queries } from '#platform/audit.ts';

/** Names by id; what is not in it was deleted. */
export type NamesById = ReadonlyMap<string, string>;

export async function listPeople(db: Queries, ids: readonly string[]): Promise<NamesById> {
  const rows = await db
    .select({ id: user.id, name: user.name })
    .from(user)
    .where(inArray(user.id, [...ids, '']));
  return new Map(rows.map(({ id, name }) => [id, name]));
}

export async function listTeams(db: Queries, ids: readonly string[]): Promise<NamesById> {
  const rows = await db
    .select({ id: team.id, name: team.name })
    .from(team)
    .where(inArray(team.id, [...ids, '']));
  return new Map(rows.map(({ id, name }) => [id, name]));
}

export async function listOrganisations(db: Queries, ids: readonly string[]): Promise<NamesById> {
  const rows = await db
    .select({ id: organization.id, name: organization.name })
    .from(organization)
    .where(inArray(organization.id, [...ids, '']));
  return new Map(rows.map(({ id, name }) => [id, name]));
}

/** Addresses of invitations by the beginning of their id, which is all that the log has of it. */
export async function listInvited(
  db: Queries,
  organisation: string,
  beginnings: readonly string[],
): Promise<NamesById> {
  const { rows } = await db.execute<{ id: string; email: string }>(
    sql`SELECT left(id, 8) AS id, email FROM invitation
      WHERE organization_id = ${organisation} AND left(id, 8) = ANY(${sql.param([...beginnings])})`,
  );
  return new Map(rows.map(({ id, email }) => [id, email]));
}

/** Titles of paths in their newest version. */
export async function listPaths(db: Queries, ids: readonly string[]): Promise<NamesById> {
  const { rows } = await db.execute<{ id: string; title: string }>(
    sql`SELECT DISTINCT ON (path_id) path_id AS id, content ->> 'title' AS title FROM path_version
      WHERE path_id = ANY(${sql.param([...ids])}) ORDER BY path_id, version DESC`,
  );
  return new Map(rows.map(({ id, title }) => [id, title]));
}

/** An assignment as a sentence names it. */
export interface NamedAssignment {
  readonly title: string;
  readonly zone: string;
  readonly withdrawnReason: string | null;
}

export async function listAssignments(
  db: Queries,
  ids: readonly string[],
): Promise<ReadonlyMap<string, NamedAssignment>> {
  const { rows } = await db.execute<{
    id: string;
    title: string;
    zone: string;
    reason: string | null;
  }>(
    sql`SELECT a.id, v.content ->> 'title' AS title, a.zone, a.withdrawn_reason AS reason
      FROM assignment a JOIN path_version v ON v.path_id = a.path_id AND v.version = a.path_version
      WHERE a.id = ANY(${sql.param([...ids])})`,
  );
  return new Map(
    rows.map(({ id, title, zone, reason }) => [id, { title, zone, withdrawnReason: reason }]),
  );
}

/** Reasons of extensions by `<assignment> <person> <due time in ISO 8601>`. */
export async function listReasons(db: Queries, assignments: readonly string[]): Promise<NamesById> {
  const { rows } = await db.execute<{
    assignment: string;
    person: string;
    due: string;
    reason: string;
  }>(
    sql`SELECT assignment_id AS assignment, user_id AS person, due_at AS due, reason
      FROM assignment_extension WHERE assignment_id = ANY(${sql.param([...assignments])})`,
  );
  return new Map(
    rows.map(({ assignment, person, due, reason }) => [
      `${assignment} ${person} ${new Date(due).toISOString()}`,
      reason,
    ]),
  );
}
