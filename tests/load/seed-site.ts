import { randomUUID } from 'node:crypto';
import { openSeeding } from '../support/seed-people.ts';

export interface SeededSite {
  readonly learners: readonly string[];
  readonly managers: readonly string[];
  /** Ids. */
  readonly teams: readonly string[];
}

export interface SeedOptions {
  readonly learners: number;
  readonly managers: number;
  /** Teams; each has an equal share of the people. */
  readonly teams: number;
  /** Entries of progress that each learner has. */
  readonly entries: number;
}

/** Fills a site that was just set up; gives the addresses of its people. */
export async function seedSite(
  databaseUrl: string,
  { learners, managers, teams, entries }: SeedOptions,
): Promise<SeededSite> {
  const seeding = await openSeeding(databaseUrl);
  const ids: string[] = [];
  for (let index = 0; index < teams; index++) ids.push(await seeding.addTeam(`Team ${index + 1}`));
  const addressesOf = async (role: 'learner' | 'manager', count: number) => {
    const people = Array.from({ length: count }, (_, index) => ({
      email: `${role}${index + 1}@example.org`,
      name: `${role === 'learner' ? 'Learner' : 'Manager'} ${index + 1}`,
      role,
      team: ids[index % teams] ?? '',
    }));
    const added = await seeding.addPeople(people);
    return { emails: people.map(({ email }) => email), added };
  };
  const taught = await addressesOf('learner', learners);
  const managing = await addressesOf('manager', managers);
  for (const account of taught.added) await addProgress(seeding.client, account, entries);
  await seeding.client.query('ANALYZE');
  await seeding.close();
  return { learners: taught.emails, managers: managing.emails, teams: ids };
}

const lessons = ['capacity/will-it-fit', 'capacity/find-the-roof'];

async function addProgress(
  client: Awaited<ReturnType<typeof openSeeding>>['client'],
  account: string,
  count: number,
): Promise<void> {
  const device = randomUUID();
  const rows = Array.from({ length: count }, (_, index) => {
    const id = randomUUID();
    const at = new Date(Date.now() - (count - index) * 3_600_000).toISOString();
    const lesson = lessons[index % lessons.length];
    const payload = { lesson, check: `check-${index}`, kind: 'single', correct: true, answer: [0] };
    return { id, content: { id, at, device, schema: 1, kind: 'check-answered', payload } };
  });
  await client.query(
    `INSERT INTO progress_entries (account, id, pushed_by, kind, content)
     SELECT $1, row.id, $2, 'event', row.content
       FROM jsonb_to_recordset($3::jsonb) AS row (id uuid, content jsonb)`,
    [account, device, JSON.stringify(rows)],
  );
}
