import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import { member, organization, team, teamMember, user } from '#accounts/tables.ts';
import type { Role } from '#accounts/roles.ts';
import type { Asker } from '#assignments/asker.ts';
import { toCurriculum } from '../curriculum.ts';

/** Two courses: serving (labs l1 and l2, both of queueing) and cost (lab l3, which no lesson embeds). */
export const curriculum = toCurriculum(
  [
    {
      title: 'Serving',
      lessons: [
        { id: 'serving/one', title: 'One', skills: ['queueing'], labs: ['l1'] },
        { id: 'serving/two', title: 'Two', skills: ['kv-cache'], labs: ['l2'] },
      ],
    },
  ],
  [
    { id: 'l1', title: 'First', version: 1, skills: ['queueing', 'retries'] },
    { id: 'l2', title: 'Second', version: 1, skills: ['queueing'] },
    { id: 'l3', title: 'Third', version: 2, skills: ['unit-cost'] },
  ],
);

/** An organisation in a database of a test. */
export interface TestTeam {
  readonly id: string;
  addTeam(name: string): Promise<string>;
  addPerson(name: string, role?: Role, teams?: readonly string[]): Promise<string>;
  /** The person as the pages know them. */
  ask(person: string, role: Role, teams?: readonly string[]): Asker;
}

/** Makes an organisation without people. */
export async function makeTeam(db: NodePgDatabase): Promise<TestTeam> {
  const id = randomUUID();
  await db.insert(organization).values({ id, name: 'Example', slug: id });
  return {
    id,
    addTeam: async (name) => {
      const row = { id: randomUUID(), name, organizationId: id };
      await db.insert(team).values(row);
      return row.id;
    },
    addPerson: async (name, role = 'learner', teams = []) => {
      const person = randomUUID();
      await db.insert(user).values({ id: person, name, email: `${person}@example.org` });
      await db
        .insert(member)
        .values({ id: randomUUID(), organizationId: id, userId: person, role });
      for (const teamId of teams)
        await db.insert(teamMember).values({ id: randomUUID(), teamId, userId: person });
      return person;
    },
    ask: (person, role, teams = []) => {
      const membership = {
        organisation: id,
        organisationName: 'Example',
        role,
        teams: teams.map((teamId) => ({ id: teamId, name: teamId })),
      };
      return {
        db,
        membership,
        person: {
          id: person,
          name: person,
          email: `${person}@example.org`,
          emailVerified: true,
          session: { id: 'session', method: 'password', createdAt: new Date() },
          memberships: [membership],
          current: membership,
          cookies: [],
        },
      };
    },
  };
}

/** Writes what a device of the person synced; resolves to the id of the event. */
export async function addEvent(
  db: NodePgDatabase,
  person: string,
  kind: 'lesson-read' | 'lesson-unread' | 'check-answered' | 'verdict',
  payload: Readonly<Record<string, unknown>>,
  { at = new Date(), receivedAt = new Date() } = {},
): Promise<string> {
  const id = randomUUID();
  const event = { id, at: at.toISOString(), device: randomUUID(), schema: 1, kind, payload };
  await db.execute(sql`INSERT INTO progress_entries (account, id, pushed_by, kind, content, received_at)
    VALUES (${person}, ${id}, ${event.device}, 'event', ${JSON.stringify(event)}::jsonb, ${receivedAt.toISOString()})`);
  return id;
}

/** A verdict of two checks, as a browser writes it; `failed` names the check at which it ended. */
export function verdictOf(lab: string, failed: 'answers' | 'balanced' | null, more: object = {}) {
  const now = new Date().toISOString();
  const check = (id: string, status: 'pass' | 'fail' | 'skipped') => ({
    id,
    title: `Title of ${id}`,
    instruction: '1',
    status,
    points: status === 'pass' ? 1 : 0,
    pointsPossible: 1,
    measured: status === 'skipped' ? null : '97 %',
    bar: status === 'skipped' ? null : 'at least 99 %',
    why: status === 'skipped' ? null : 'Requests were lost.',
    hint: status === 'fail' ? 'Look at the probes.' : null,
    durationMs: 5,
  });
  const answers = failed === 'answers' ? 'fail' : 'pass';
  const balanced = failed === 'balanced' ? 'fail' : failed === null ? 'pass' : 'skipped';
  return {
    version: 1,
    id: randomUUID(),
    lab,
    labVersion: 1,
    seed: 7,
    run: { status: 'completed' },
    result: failed === null ? 'pass' : 'fail',
    points: failed === null ? 2 : 1,
    pointsPossible: 2,
    checks: [check('answers', answers), check('balanced', balanced)],
    solutionShown: false,
    startedAt: now,
    finishedAt: now,
    ...more,
  };
}

/** Writes that the server ran a submission of the person again and it passed; resolves to its id. */
export async function addVerified(
  db: NodePgDatabase,
  person: string,
  verdict: ReturnType<typeof verdictOf>,
  state: 'verified' | 'not-reproduced' = 'verified',
  /** Hashes of passages; two who have the same dozen are alike. */
  fingerprints: readonly number[] = [],
): Promise<string> {
  const id = randomUUID();
  await db.execute(sql`INSERT INTO submission (id, user_id, verdict_id, lab, lab_version, seed, files, verdict,
      solution_shown, digest, fingerprints)
    VALUES (${id}, ${person}, ${verdict.id}, ${verdict.lab}, 1, 7, '{}', ${JSON.stringify(verdict)}::jsonb, false, 'digest', ${`{${fingerprints.join(',')}}`}::int[])`);
  await db.execute(sql`INSERT INTO submission_verification (submission_id, user_id, lab, submitted_at, state, seed, verdict, actor)
    SELECT ${id}, ${person}, lab, submitted_at, ${state}, 11, verdict, 'worker' FROM submission WHERE id = ${id}`);
  return id;
}
