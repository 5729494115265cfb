import { keepVerifying } from '#submissions/keep-verifying.ts';
import { buildSiteIfStale } from '../build/site.ts';
import { findChromium } from '../chromium.ts';
import { keepDatabase } from '../database/keep.ts';
import { DatabaseProblem, messageOf } from '../database/problem.ts';
import { parseEnv, type Env } from '../env.ts';
import { createLog } from '../log.ts';

try {
  await work(parseEnv(process.env));
} catch (error) {
  console.error(messageOf(error));
  process.exit(1);
}

/** Grades what people submit until it is told to end; throws where it never could. */
async function work(env: Env): Promise<void> {
  refuseWhatLacks(env);
  await buildSiteIfStale(env.DAY2_DIST);
  const log = createLog(env.DAY2_LOG);
  const database = keepDatabase(env, log);
  const verification = keepVerifying(() => database.current(), { ...env, DAY2_VERIFY: 'on' }, log);
  // The connections alone would let the process end while the database is away.
  setInterval(() => {}, 60_000);
  let stopping: Promise<void> | null = null;
  const stop = async () => {
    await verification.close();
    await database.close();
    process.exit(0);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(signal, () => void (stopping ??= stop()));
  const problem = await database.firstTry;
  if (problem instanceof DatabaseProblem && problem.kind !== 'passing') throw problem;
  if (problem && !stopping) console.error(`${messageOf(problem)}\nIt is tried again every second.`);
  const isWorking = await verification.isWorking;
  if (stopping) return stopping;
  if (!isWorking) throw new Error(`${findChromium()} does not start: try it with --version.`);
  console.log(`Day Two verifies results here, ${env.DAY2_VERIFY_CONCURRENCY} at a time.`);
}

function refuseWhatLacks(env: Env): void {
  if (!env.DATABASE_URL)
    throw new Error(
      'A worker needs the database of the site, and DATABASE_URL names none. The embedded database is its server’s alone, which verifies by itself. Repair: DATABASE_URL=postgres://user:password@host:5432/database npm run worker',
    );
  findChromium();
}
