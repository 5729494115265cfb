import { and, asc, count, eq, sql } from 'drizzle-orm';
import type { Queries } from '#platform/audit.ts';
import { member, team, teamMember, user } from '../tables.ts';

/** The teams of an organisation by name, each with how many people are in it. */
export async function listTeams(db: Queries, organisation: string) {
  return db
    .select({
      id: team.id,
      name: team.name,
      people: count(teamMember.id),
    })
    .from(team)
    .leftJoin(teamMember, eq(teamMember.teamId, team.id))
    .where(eq(team.organizationId, organisation))
    .groupBy(team.id)
    .orderBy(asc(team.name));
}

/** Whether the organisation has this team. */
export async function hasTeam(db: Queries, organisation: string, id: string): Promise<boolean> {
  const rows = await db
    .select({ id: team.id })
    .from(team)
    .where(and(eq(team.id, id), eq(team.organizationId, organisation)));
  return rows.length > 0;
}

/** Whether another team of the organisation has this name, whatever its case. */
export async function isTeamNameTaken(
  db: Queries,
  organisation: string,
  name: string,
  but = '',
): Promise<boolean> {
  const rows = await db
    .select({ id: team.id })
    .from(team)
    .where(
      and(eq(team.organizationId, organisation), eq(sql`lower(${team.name})`, name.toLowerCase())),
    );
  return rows.some(({ id }) => id !== but);
}

/** The people of an organisation by name, each with the ids of their teams. */
export async function listPeople(db: Queries, organisation: string) {
  const people = await db
    .select({
      id: user.id,
      name: user.name,
      email: user.email,
      role: member.role,
      since: member.createdAt,
    })
    .from(member)
    .innerJoin(user, eq(user.id, member.userId))
    .where(eq(member.organizationId, organisation))
    .orderBy(asc(user.name), asc(user.email));
  const places = await db
    .select({ team: teamMember.teamId, user: teamMember.userId })
    .from(teamMember)
    .innerJoin(team, eq(team.id, teamMember.teamId))
    .where(eq(team.organizationId, organisation));
  const teamsOf = Map.groupBy(places, (place) => place.user);
  return people.map((person) => ({
    ...person,
    teams: (teamsOf.get(person.id) ?? []).map((place) => place.team),
  }));
}
