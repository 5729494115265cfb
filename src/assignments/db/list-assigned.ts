import { sql, type SQL } from 'drizzle-orm';
import { member, teamMember, user } from '#accounts/tables.ts';
import type { Queries } from '#platform/audit.ts';
import { assignment, assignmentExtension, assignmentTarget } from '../tables.ts';
import type { Extension } from '../terms.ts';

/** Of whom an assignment is asked today. */
export interface AssignedPerson {
  readonly assignment: string;
  readonly person: string;
  readonly name: string;
  readonly email: string;
  /** Assigned themselves, or in the team and the team assigned; the earlier of the two. */
  readonly since: Date;
  /** Of the assignment's teams, those that the person is in. */
  readonly teams: readonly string[];
  /** The latest, where it gives them more time than everybody has. */
  readonly extension: Extension | null;
}

/** Everybody of whom these assignments are asked, by name. */
export function listAssigned(
  db: Queries,
  assignments: readonly string[],
): Promise<AssignedPerson[]> {
  return readWhere(db, sql`t.assignment_id = ANY(${sql.param([...assignments])})`);
}

/** What is asked of one person, in any organisation. */
export function listAssignedTo(db: Queries, person: string): Promise<AssignedPerson[]> {
  return readWhere(db, sql`m.user_id = ${person}`);
}

interface Row extends Record<string, unknown> {
  assignment: string;
  person: string;
  name: string;
  email: string;
  since: string;
  teams: string[];
  due: string | null;
  reason: string | null;
  granted: string | null;
}

/**
 * Only members of the organisation are asked: who left it or the team is gone from here. An extension
 * that everybody's end has been moved past meanwhile is none: it would take time from the person.
 */
async function readWhere(db: Queries, where: SQL): Promise<AssignedPerson[]> {
  const { rows } = await db.execute<Row>(sql`
    WITH asked AS (
      SELECT t.assignment_id, m.user_id, a.due_at AS due_for_all,
        min(greatest(t.created_at, tm.created_at)) AS since,
        coalesce(array_agg(t.team_id) FILTER (WHERE t.team_id IS NOT NULL), '{}') AS teams
      FROM ${assignmentTarget} t
      JOIN ${assignment} a ON a.id = t.assignment_id
      LEFT JOIN ${teamMember} tm ON tm.team_id = t.team_id
      JOIN ${member} m ON m.organization_id = a.organization_id
        AND m.user_id = coalesce(t.user_id, tm.user_id)
      WHERE ${where}
      GROUP BY t.assignment_id, m.user_id, a.due_at
    ), latest AS (
      SELECT DISTINCT ON (e.assignment_id, e.user_id) e.*
      FROM ${assignmentExtension} e
      JOIN asked USING (assignment_id, user_id)
      ORDER BY e.assignment_id, e.user_id, e.id DESC
    )
    SELECT asked.assignment_id AS assignment, asked.user_id AS person, u.name, u.email,
      asked.since, asked.teams, latest.due_at AS due, latest.reason, latest.granted_at AS granted
    FROM asked
    JOIN ${user} u ON u.id = asked.user_id
    LEFT JOIN latest ON latest.assignment_id = asked.assignment_id
      AND latest.user_id = asked.user_id AND latest.due_at > asked.due_for_all
    ORDER BY u.name, u.email`);
  return rows.map(toAssigned);
}

function toAssigned({ due, reason, granted, since, ...row }: Row): AssignedPerson {
  return {
    assignment: row.assignment,
    person: row.person,
    name: row.name,
    email: row.email,
    teams: row.teams,
    since: new Date(since),
    extension:
      due !== null && granted !== null
        ? { dueAt: new Date(due), reason: reason ?? '', grantedAt: new Date(granted) }
        : null,
  };
}
