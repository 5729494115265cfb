import { sql } from 'drizzle-orm';
import { roleOf } from '#accounts/roles.ts';
import { member, team, teamMember, user } from '#accounts/tables.ts';
import type { Queries } from '#platform/audit.ts';
import { accountsOf, type TeamPerson, type Whose } from './people.ts';

interface Row extends Record<string, unknown> {
  id: string;
  name: string;
  email: string;
  role: string;
  teams: string[];
}

/** A member of the organisation, where they are among the people or are `self`; null otherwise. */
export async function findTeamPerson(
  db: Queries,
  whose: Whose,
  id: string,
  self: string,
): Promise<TeamPerson | null> {
  const { rows } = await db.execute<Row>(sql`
    SELECT u.id, u.name, u.email, m.role, coalesce((
      SELECT array_agg(t.name ORDER BY t.name) FROM ${teamMember} tm JOIN ${team} t ON t.id = tm.team_id
      WHERE tm.user_id = u.id AND t.organization_id = m.organization_id), '{}') AS teams
    FROM ${member} m JOIN ${user} u ON u.id = m.user_id
    WHERE m.organization_id = ${whose.organisation} AND u.id = ${id}
      AND (u.id = ${self} OR u.id IN (${accountsOf(whose)}))`);
  const row = rows[0];
  return row ? { ...row, role: roleOf(row.role) } : null;
}

/** Who sees what a person did besides themselves: admins, and managers who share a team with them. */
export async function listWatchers(
  db: Queries,
  organisation: string,
  person: string,
): Promise<{ name: string; role: string }[]> {
  const { rows } = await db.execute<{ name: string; role: string }>(sql`
    SELECT u.name, m.role FROM ${member} m JOIN ${user} u ON u.id = m.user_id
    WHERE m.organization_id = ${organisation} AND u.id <> ${person}
      AND (m.role = 'admin' OR m.role = 'manager' AND EXISTS (
        SELECT 1 FROM ${teamMember} mine
        JOIN ${teamMember} theirs ON theirs.team_id = mine.team_id AND theirs.user_id = u.id
        JOIN ${team} t ON t.id = mine.team_id AND t.organization_id = m.organization_id
        WHERE mine.user_id = ${person}))
    ORDER BY m.role, u.name`);
  return rows;
}
