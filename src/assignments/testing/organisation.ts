import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import { member, organization, team, teamMember, user } from '#accounts/tables.ts';
import type { Person } from '#accounts/read-person.ts';
import type { Role } from '#accounts/roles.ts';
import type { OfferedPath } from '#paths/offered.ts';
import type { Asker } from '../asker.ts';
import type { AssignmentDraft } from '../parse-assignment.ts';
import { content } from './example.ts';

/** An organisation in a database of a test. */
export interface TestOrganisation {
  readonly id: string;
  addTeam(name: string): Promise<string>;
  removeTeam(name: string): Promise<void>;
  addPerson(name: string, role?: Role, teams?: readonly string[], joined?: Date): Promise<string>;
  leaveTeam(person: string, team: string): Promise<void>;
  /** The person as the pages know them. */
  ask(person: string, role: Role, teams?: readonly string[]): Asker;
}

/** Makes an organisation without people. */
export async function makeOrganisation(db: NodePgDatabase): Promise<TestOrganisation> {
  const id = randomUUID();
  await db.insert(organization).values({ id, name: 'Example', slug: id });
  return {
    id,
    addTeam: async (name) => {
      const [row] = await db
        .insert(team)
        .values({ id: randomUUID(), name, organizationId: id })
        .returning();
      return row!.id;
    },
    removeTeam: async (name) => {
      await db.execute(sql`DELETE FROM ${team} WHERE organization_id = ${id} AND name = ${name}`);
    },
    addPerson: async (name, role = 'learner', teams = [], joined = new Date('2026-01-01')) => {
      const person = randomUUID();
      await db.insert(user).values({ id: person, name, email: `${person}@example.org` });
      await db
        .insert(member)
        .values({ id: randomUUID(), organizationId: id, userId: person, role });
      for (const teamId of teams)
        await db
          .insert(teamMember)
          .values({ id: randomUUID(), teamId, userId: person, createdAt: joined });
      return person;
    },
    leaveTeam: async (person, teamId) => {
      await db.execute(
        sql`DELETE FROM ${teamMember} WHERE user_id = ${person} AND team_id = ${teamId}`,
      );
    },
    ask: (person, role, teams = []) => {
      const membership = {
        organisation: id,
        organisationName: 'Example',
        role,
        teams: teams.map((teamId) => ({ id: teamId, name: teamId })),
      };
      const known: Person = {
        id: person,
        name: person,
        email: `${person}@example.org`,
        emailVerified: true,
        session: { id: 'session', method: 'password', createdAt: new Date() },
        memberships: [membership],
        current: membership,
        cookies: [],
      };
      return { db, person: known, membership };
    },
  };
}

/** The example path as one that came with Day Two. */
export const shippedPath: OfferedPath = {
  id: 'example',
  content,
  version: null,
  source: '',
  isRetired: false,
};

/** A usable draft that began yesterday and ends in a week, counted from now. */
export function draftFor(more: Partial<AssignmentDraft>): AssignmentDraft {
  const day = 86_400_000;
  return {
    note: '',
    startsLocal: '2026-01-01',
    dueLocal: '2026-01-08',
    zone: 'Europe/Berlin',
    startsAt: new Date(Date.now() - day),
    dueAt: new Date(Date.now() + 7 * day),
    late: 'accept',
    optional: [],
    teams: [],
    people: [],
    ...more,
  };
}

let sequence = 0;

/** Writes what a device of the person synced. */
export async function addEvent(
  db: NodePgDatabase,
  person: string,
  kind: 'lesson-read' | 'check-answered' | 'verdict',
  payload: Readonly<Record<string, unknown>>,
  at = new Date(),
): Promise<void> {
  sequence += 1;
  const id = randomUUID();
  const event = { id, at: at.toISOString(), device: randomUUID(), schema: 1, kind, payload };
  await db.execute(sql`INSERT INTO progress_entries
    (account, id, seq, pushed_by, kind, content, received_at)
    VALUES (${person}, ${id}, ${sequence}, ${event.device}, 'event', ${JSON.stringify(event)}::jsonb, now())`);
}
