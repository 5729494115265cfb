import { randomUUID } from 'node:crypto';
import { and, eq } from 'drizzle-orm';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import { addTestPerson } from './add-test-person.ts';
import type { Person } from './read-person.ts';
import type { Role } from './roles.ts';
import { member, organization, team, teamMember } from './tables.ts';

/** An organisation in a database of a test. */
export interface TestOrganisation {
  readonly id: string;
  addTeam(name: string): Promise<string>;
  removeTeam(id: string): Promise<void>;
  /** Joined their teams long ago where nothing else is said. */
  addPerson(name: string, role?: Role, teams?: readonly string[], joined?: Date): Promise<string>;
  leaveTeam(person: string, team: string): Promise<void>;
  /** The person as the pages know them. */
  ask(person: string, role: Role, teams?: readonly string[]): TestAsker;
}

export interface TestAsker {
  readonly db: NodePgDatabase;
  readonly person: Person;
  readonly membership: Person['memberships'][number];
}

/** Makes an organisation without people. */
export async function makeTestOrganisation(db: NodePgDatabase): Promise<TestOrganisation> {
  const id = randomUUID();
  await db.insert(organization).values({ id, name: 'Example', slug: id });
  return {
    id,
    addTeam: async (name) => {
      const row = { id: randomUUID(), name, organizationId: id };
      await db.insert(team).values(row);
      return row.id;
    },
    removeTeam: async (teamId) => {
      await db.delete(team).where(eq(team.id, teamId));
    },
    addPerson: async (name, role = 'learner', teams = [], joined = new Date('2026-01-01')) => {
      const person = await addTestPerson(db, name);
      const place = { id: randomUUID(), organizationId: id, userId: person, role };
      await db.insert(member).values(place);
      for (const teamId of teams)
        await db
          .insert(teamMember)
          .values({ id: randomUUID(), teamId, userId: person, createdAt: joined });
      return person;
    },
    leaveTeam: async (person, teamId) => {
      await db
        .delete(teamMember)
        .where(and(eq(teamMember.userId, person), eq(teamMember.teamId, teamId)));
    },
    ask: (person, role, teams = []) =>
      askAs(db, person, {
        organisation: id,
        organisationName: 'Example',
        role,
        teams: teams.map((teamId) => ({ id: teamId, name: teamId })),
      }),
  };
}

function askAs(db: NodePgDatabase, id: string, membership: TestAsker['membership']): TestAsker {
  const person = {
    id,
    name: id,
    email: `${id}@example.org`,
    emailVerified: true,
    session: { id: 'session', method: 'password', createdAt: new Date() },
    memberships: [membership],
    current: membership,
    cookies: [],
  };
  return { db, person, membership };
}
