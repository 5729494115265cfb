import { sql } from 'drizzle-orm';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import type { TestOrganisation } from '#accounts/make-test-organisation.ts';
import { findLikenesses } from '#submissions/find-likenesses.ts';
import { readLabStanding } from '#submissions/read-lab-standing.ts';
import { readVerifiedStandings } from '#submissions/read-standings.ts';
import { chosenAccounts } from '../db/people.ts';
import { readQuestions } from '../read-questions.ts';
import { seedSubmissions, submittedLabs } from './seed-submissions.ts';

const labs = Object.keys(submittedLabs);

/** What pages ask of the submissions of an organisation, each as something to be timed. */
export async function openSubmissions(
  db: NodePgDatabase,
  made: TestOrganisation,
): Promise<readonly (readonly [name: string, read: () => Promise<unknown>])[]> {
  const organisation = made.id;
  await seedSubmissions(db, organisation);
  const { rows } = await db.execute<{ id: string; lab: string; person: string }>(sql`
    SELECT s.id, s.lab, s.user_id AS person FROM submission s JOIN member m ON m.user_id = s.user_id
    WHERE m.organization_id = ${organisation} ORDER BY s.id`);
  const ofLab = (lab: string) => rows.filter((row) => row.lab === lab);
  const people = [...new Set(rows.map(({ person }) => person))];
  const [server] = ofLab('bench-server');
  const [yaml] = ofLab('bench-yaml-1');
  if (!server || !yaml) throw new Error('Nobody submitted anything.');
  const asker = made.ask('bench', 'admin');
  const six = chosenAccounts(people.slice(0, 6));
  return [
    ['alike, a long program', () => findLikenesses(db, [server.id])],
    ['alike, a short YAML', () => findLikenesses(db, [yaml.id])],
    ['whom of six people to ask, at all labs', () => readQuestions(asker, six, labs)],
    ['one lab as its learner sees it', () => readLabStanding(db, server.person, server.lab, null)],
    ['where 50 people stand', () => readVerifiedStandings(db, people.slice(0, 50), labs)],
    ['where everybody stands', () => readVerifiedStandings(db, people, labs)],
  ];
}
