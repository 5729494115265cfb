import { sql } from 'drizzle-orm';
import { Gauge, type Registry } from 'prom-client';
import type { Database } from '#platform/database.ts';

/** Adds figures of the queue, on all nodes together, to a registry. Nothing is told while there is no database. */
export function collectVerifications(
  findOptionalDatabase: () => Database | null,
  registry: Registry,
): void {
  const registers = [registry];
  const oldest = new Gauge({
    name: 'day2_verification_oldest_seconds',
    help: 'For how long the submission that has waited longest for a worker has waited.',
    registers,
  });
  const results = new Gauge({
    name: 'day2_verification_steps',
    help: 'Steps of submissions ever written down, by the state that each led to.',
    labelNames: ['state'],
    registers,
  });
  new Gauge({
    name: 'day2_verifications',
    help: 'Submissions whose verification has no end yet, by state.',
    labelNames: ['state'],
    registers,
    async collect() {
      const read = await readFigures(findOptionalDatabase()).catch(() => null);
      for (const gauge of [this, oldest, results]) gauge.reset();
      if (!read) return;
      this.set({ state: 'waiting' }, read.waiting);
      this.set({ state: 'running' }, read.running);
      oldest.set(read.oldest);
      for (const { state, count } of read.steps) results.set({ state }, count);
    },
  });
}

async function readFigures(database: Database | null) {
  if (!database) return null;
  const { rows } = await database.db.execute<{ state: string; count: number }>(
    sql`SELECT state, count(*)::int AS count FROM submission_verification GROUP BY state`,
  );
  const { rows: open } = await database.db.execute<{
    state: string;
    count: number;
    age: number;
  }>(sql`
    SELECT v.state, count(*)::int AS count, extract(epoch FROM now() - min(v.at))::float AS age
    FROM submission_verification v
    WHERE v.state IN ('queued', 'running') AND NOT EXISTS (
      SELECT 1 FROM submission_verification later
      WHERE later.submission_id = v.submission_id AND later.id > v.id)
    GROUP BY v.state`);
  const of = (state: string) => open.find((row) => row.state === state);
  return {
    waiting: of('queued')?.count ?? 0,
    running: of('running')?.count ?? 0,
    oldest: of('queued')?.age ?? 0,
    steps: rows,
  };
}
