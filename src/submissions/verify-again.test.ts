import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Person } from '#accounts/read-person.ts';
import type { Role } from '#accounts/roles.ts';
import { member, organization, team, teamMember, user } from '#accounts/tables.ts';
import { openTestDatabase } from '#platform/open-test-database.ts';
import { readSubmission } from './read-submission.ts';
import { insertSubmission } from './testing/insert-submission.ts';
import { verifyAgain } from './verify-again.ts';

// A PostgreSQL is made and started.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let database: Awaited<ReturnType<typeof openTestDatabase>>;
let submission: string;
let mine: { organisation: string; team: string };
let foreign: { organisation: string; team: string };

beforeAll(async () => {
  database = await openTestDatabase();
  [mine, foreign] = [await addOrganisation(), await addOrganisation()];
  const person = randomUUID();
  const { db } = database;
  await db.insert(user).values({ id: person, name: 'Ada', email: `${person}@example.org` });
  await db.insert(member).values({
    id: randomUUID(),
    organizationId: mine.organisation,
    userId: person,
    role: 'learner',
  });
  await db.insert(teamMember).values({ id: randomUUID(), teamId: mine.team, userId: person });
  submission = await insertSubmission(db, {
    person,
    lab: 'l06-first-service',
    states: ['queued', 'running', 'not-reproduced'],
  });
});
afterAll(() => database[Symbol.asyncDispose]());

async function addOrganisation() {
  const [organisation, id] = [randomUUID(), randomUUID()];
  await database.db
    .insert(organization)
    .values({ id: organisation, name: 'Example', slug: organisation });
  await database.db.insert(team).values({ id, name: 'Team', organizationId: organisation });
  return { organisation, team: id };
}

function personWith(role: Role, organisation: string, teams: readonly string[]): Person {
  const membership = {
    organisation,
    organisationName: 'Example',
    role,
    teams: teams.map((id) => ({ id, name: id })),
  };
  return {
    id: `${role}-asks`,
    memberships: [membership],
    current: membership,
  } as unknown as Person;
}

const ask = (asker: Person) => verifyAgain(database.db, asker, submission);

test('neither learners nor authors nor managers of other teams or organisations may ask', async () => {
  const others = [
    personWith('learner', mine.organisation, [mine.team]),
    personWith('author', mine.organisation, [mine.team]),
    personWith('manager', mine.organisation, []),
    personWith('manager', foreign.organisation, [foreign.team]),
    personWith('admin', foreign.organisation, [foreign.team]),
  ];
  for (const asker of others) expect(await ask(asker)).toBe('hidden');
  expect((await readSubmission(database.db, submission))?.steps).toHaveLength(3);
});

test('a manager of the team asks once, with an audit row, and what was found before stays', async () => {
  const manager = personWith('manager', mine.organisation, [mine.team]);
  expect([await ask(manager), await ask(manager)]).toEqual(['asked', 'open']);
  const sent = await readSubmission(database.db, submission);
  expect(sent?.steps.map(({ state }) => state)).toEqual([
    'queued',
    'running',
    'not-reproduced',
    'queued',
  ]);
  const { rows } = await database.db.execute(
    sql`SELECT actor, details->>'submission' AS submission FROM audit_log WHERE action = 'verification asked for'`,
  );
  expect(rows).toEqual([{ actor: 'manager-asks', submission }]);
});
