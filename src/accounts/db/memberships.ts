import { and, asc, eq, inArray } from 'drizzle-orm';
import type { Queries } from '#platform/audit.ts';
import { roleOf, type Role } from '../roles.ts';
import { member, organization, team, teamMember } from '../tables.ts';

/** A person's place in one organisation. */
export interface Membership {
  /** Id of the organisation. */
  readonly organisation: string;
  readonly organisationName: string;
  readonly role: Role;
  /** The teams of it that the person is in, by name. */
  readonly teams: readonly { readonly id: string; readonly name: string }[];
}

/** Where a person belongs, oldest first. */
export async function listMemberships(db: Queries, userId: string): Promise<Membership[]> {
  const rows = await db
    .select({ id: organization.id, name: organization.name, role: member.role })
    .from(member)
    .innerJoin(organization, eq(organization.id, member.organizationId))
    .where(eq(member.userId, userId))
    .orderBy(asc(member.createdAt), asc(member.id));
  if (rows.length === 0) return [];
  const teams = await db
    .select({ id: team.id, name: team.name, organisation: team.organizationId })
    .from(teamMember)
    .innerJoin(team, eq(team.id, teamMember.teamId))
    .where(
      and(
        eq(teamMember.userId, userId),
        inArray(
          team.organizationId,
          rows.map(({ id }) => id),
        ),
      ),
    )
    .orderBy(asc(team.name));
  return rows.map(({ id, name, role }) => ({
    organisation: id,
    organisationName: name,
    role: roleOf(role),
    teams: teams
      .filter(({ organisation }) => organisation === id)
      .map((row) => ({ id: row.id, name: row.name })),
  }));
}
