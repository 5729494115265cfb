import { and, asc, eq, sql } from 'drizzle-orm';
import { member, team, teamMember, user } from '#accounts/tables.ts';
import type { Queries } from '#platform/audit.ts';

/** Whom work can be given to. */
export interface Choices {
  readonly teams: readonly {
    readonly id: string;
    readonly name: string;
    readonly people: number;
  }[];
  readonly people: readonly {
    readonly id: string;
    readonly name: string;
    readonly email: string;
  }[];
}

/** The teams of an organisation in scope, and everybody in them; with the scope `all` everybody. */
export async function listChoices(
  db: Queries,
  organisation: string,
  scope: 'all' | readonly string[],
): Promise<Choices> {
  const isInScope = scope === 'all' ? sql`true` : sql`${team.id} = ANY(${sql.param([...scope])})`;
  const teams = await db
    .select({
      id: team.id,
      name: team.name,
      // Named in full: in a query of one table columns are written without theirs.
      people: sql<number>`(SELECT count(*)::int FROM ${teamMember} AS placed WHERE placed.team_id = ${team}.id)`,
    })
    .from(team)
    .where(and(eq(team.organizationId, organisation), isInScope))
    .orderBy(asc(team.name));
  const isInTeam =
    scope === 'all'
      ? sql`true`
      : sql`EXISTS (SELECT 1 FROM ${teamMember} WHERE ${teamMember.userId} = ${user.id}
          AND ${teamMember.teamId} = ANY(${sql.param([...scope])}))`;
  const people = await db
    .select({ id: user.id, name: user.name, email: user.email })
    .from(member)
    .innerJoin(user, eq(user.id, member.userId))
    .where(and(eq(member.organizationId, organisation), isInTeam))
    .orderBy(asc(user.name), asc(user.email));
  return { teams, people };
}
