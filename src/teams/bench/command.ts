import { performance } from 'node:perf_hooks';
import type { Asker } from '#assignments/asker.ts';
import { openTestDatabase } from '#platform/open-test-database.ts';
import { readFilters } from '../filters.ts';
import { readBlocked } from '../read-blocked.ts';
import { readMatrix } from '../read-matrix.ts';
import { readTeam } from '../read-team.ts';
import { makeCurriculum, seedOrganisation } from './seed.ts';
import { openSubmissions } from './submissions.ts';

/** Prints how long the matrix takes with more and more people, on a PostgreSQL of its own: `npm run bench:team`. */
const sizes = process.argv.length > 2 ? process.argv.slice(2).map(Number) : [100, 1000, 10_000];
const skills = 60;
const rounds = 7;

await using database = await openTestDatabase();
const { db } = database;
const curriculum = makeCurriculum(skills);
const ask = (address: string) => readFilters(new URL(address, 'http://localhost'));
const kinds = [
  ['page of 50 with its weeks', (asker) => readTeam(asker, curriculum, ask('/team/'))],
  ['who is stuck', (asker) => readTeam(asker, curriculum, ask('/team/?status=stuck'))],
  ['who has a pass', (asker) => readTeam(asker, curriculum, ask('/team/?status=passed'))],
  ['what blocks whom', (asker) => readBlocked(asker, curriculum, ask('/team/blocked/'))],
  ['everybody, for an export', (asker) => readMatrix(asker, curriculum, ask('/'), { all: true })],
] satisfies [string, (asker: Asker) => Promise<unknown>][];

console.log(`| people | entries | ${kinds.map(([name]) => name).join(' | ')} |`);
console.log(`| ---: | ---: | ${kinds.map(() => '---:').join(' | ')} |`);
for (const people of sizes) {
  const organisation = await seedOrganisation(db, { people, skills });
  const { rows } = await database.pool.query<{ count: string }>(
    'SELECT count(*) FROM progress_entries WHERE account LIKE $1',
    [`${organisation.id}%`],
  );
  const figures: string[] = [];
  const asker = organisation.ask('bench', 'admin');
  for (const [, read] of kinds) figures.push(await measure(() => read(asker)));
  console.log(`| ${people} | ${rows[0]?.count} | ${figures.join(' | ')} |`);
}

console.log('\n| people | what is read of ten submissions of each | |');
console.log('| ---: | --- | ---: |');
for (const people of sizes.filter((size) => size <= 1000)) {
  const organisation = await seedOrganisation(db, { people, skills: 0 });
  for (const [name, read] of await openSubmissions(db, organisation))
    console.log(`| ${people} | ${name} | ${await measure(read)} |`);
}

/** Median and longest of some runs, in milliseconds. */
async function measure(read: () => Promise<unknown>): Promise<string> {
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const started = performance.now();
    await read();
    times.push(performance.now() - started);
  }
  const sorted = times.toSorted((one, other) => one - other);
  return `${Math.round(sorted[Math.floor(rounds / 2)]!)} ms, at most ${Math.round(sorted.at(-1)!)} ms`;
}
