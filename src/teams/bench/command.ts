import { performance } from 'node:perf_hooks';
import type { Asker } from '#assignments/asker.ts';
import { openTestDatabase } from '#platform/open-test-database.ts';
import { readFilters } from '../filters.ts';
import { readMatrix } from '../read-matrix.ts';
import { makeCurriculum, seedOrganisation } from './seed.ts';

/** Prints how long the matrix takes with more and more people, on a PostgreSQL of its own: `npm run bench:team`. */
const sizes = process.argv.length > 2 ? process.argv.slice(2).map(Number) : [100, 1000, 10_000];
const skills = 60;
const rounds = 7;

await using database = await openTestDatabase();
const { db } = database;
const curriculum = makeCurriculum(skills);
const kinds = [
  ['one page of 50', '', false],
  ['one page, who is stuck', '?status=stuck', false],
  ['one page, who has a pass', '?status=passed', false],
  ['everybody, for an export', '', true],
] as const;

console.log(`| people | entries | ${kinds.map(([name]) => name).join(' | ')} |`);
console.log(`| ---: | ---: | ${kinds.map(() => '---:').join(' | ')} |`);
for (const people of sizes) {
  const organisation = await seedOrganisation(db, { people, skills });
  const { rows } = await database.pool.query<{ count: string }>(
    'SELECT count(*) FROM progress_entries WHERE account LIKE $1',
    [`${organisation}%`],
  );
  const figures: string[] = [];
  for (const [, query, all] of kinds) figures.push(await measure(organisation, query, all));
  console.log(`| ${people} | ${rows[0]?.count} | ${figures.join(' | ')} |`);
}

/** Median and longest of some runs, in milliseconds. */
async function measure(organisation: string, query: string, all: boolean): Promise<string> {
  const filters = readFilters(new URL(`http://localhost/team/${query}`));
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const started = performance.now();
    await readMatrix(adminOf(organisation), curriculum, filters, { all });
    times.push(performance.now() - started);
  }
  const sorted = times.toSorted((one, other) => one - other);
  return `${Math.round(sorted[Math.floor(rounds / 2)]!)} ms, at most ${Math.round(sorted.at(-1)!)} ms`;
}

function adminOf(organisation: string): Asker {
  const membership = { organisation, organisationName: 'Bench', role: 'admin' as const, teams: [] };
  const person = {
    id: 'bench',
    name: 'Bench',
    email: 'bench@example.org',
    emailVerified: true,
    session: { id: 'session', method: null, createdAt: new Date() },
    memberships: [membership],
    current: membership,
    cookies: [],
  };
  return { db, person, membership };
}
