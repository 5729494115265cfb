import { sql, type SQL } from 'drizzle-orm';
import { member, team, teamMember, user } from '#accounts/tables.ts';
import { roleOf, type Role } from '#accounts/roles.ts';
import type { Queries } from '#platform/audit.ts';
import type { Sort } from '../filters.ts';

/** Whose progress is looked at. */
export interface Whose {
  readonly organisation: string;
  /** Ids of the teams; `all` for the whole organisation. */
  readonly scope: 'all' | readonly string[];
}

/** Somebody of a team. */
export interface TeamPerson {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly role: Role;
  /** Names of the teams of the organisation that they are in. */
  readonly teams: readonly string[];
}

interface Row extends Record<string, unknown> {
  id: string;
  name: string;
  email: string;
  role: string;
  teams: string[];
}

/** The ids of the people, as a query: members of the organisation, in one of the teams. */
export function accountsOf({ organisation, scope }: Whose): SQL {
  if (scope === 'all')
    return sql`SELECT user_id AS account FROM ${member} WHERE organization_id = ${organisation}`;
  return sql`SELECT DISTINCT m.user_id AS account FROM ${member} m
    JOIN ${teamMember} tm ON tm.user_id = m.user_id
    JOIN ${team} t ON t.id = tm.team_id AND t.organization_id = m.organization_id
    WHERE m.organization_id = ${organisation} AND t.id = ANY(${sql.param([...scope])})`;
}

/** The same for people that are known already. */
export function chosenAccounts(people: readonly string[]): SQL {
  return sql`SELECT unnest(${sql.param([...people])}::text[]) AS account`;
}

/** The people in order. */
export async function listTeamPeople(db: Queries, whose: Whose, sort: Sort): Promise<TeamPerson[]> {
  const { rows } = await db.execute<Row>(sql`
    WITH people AS MATERIALIZED (${accountsOf(whose)}), place AS (
      SELECT tm.user_id, array_agg(t.name ORDER BY t.name) AS teams
      FROM ${team} t JOIN ${teamMember} tm ON tm.team_id = t.id
      WHERE t.organization_id = ${whose.organisation} GROUP BY tm.user_id
    )
    SELECT u.id, u.name, u.email, m.role, coalesce(place.teams, '{}') AS teams
    FROM people
    JOIN ${member} m ON m.user_id = people.account AND m.organization_id = ${whose.organisation}
    JOIN ${user} u ON u.id = m.user_id
    LEFT JOIN place ON place.user_id = u.id
    ORDER BY ${orders[sort]}`);
  return rows.map((row) => ({ ...row, role: roleOf(row.role) }));
}

const last = sql`(SELECT max(received_at) FROM progress_entries e WHERE e.account = m.user_id)`;

const orders: Readonly<Record<Sort, SQL>> = {
  name: sql`u.name, u.email`,
  'name-down': sql`u.name DESC, u.email DESC`,
  recent: sql`${last} DESC NULLS LAST, u.name, u.email`,
  quiet: sql`${last} ASC NULLS FIRST, u.name, u.email`,
};
