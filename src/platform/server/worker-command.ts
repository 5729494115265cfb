import { keepVerifying } from '#submissions/keep-verifying.ts';
import { buildSiteIfStale } from '../build/site.ts';
import { selectOptionalChromium } from '../chromium.ts';
import { keepDatabase } from '../database/keep.ts';
import { parseEnv } from '../env.ts';
import { createLog } from '../log.ts';

const env = parseEnv(process.env);
const log = createLog(env.DAY2_LOG);
const fault = findFault();
if (fault) {
  console.error(fault);
  process.exit(1);
}
await buildSiteIfStale(env.DAY2_DIST);
const database = keepDatabase(env, log);
const verification = keepVerifying(() => database.current(), { ...env, DAY2_VERIFY: 'on' }, log);
// The connections alone would let the process end while the database is away.
const alive = setInterval(() => {}, 60_000);
let stopping: Promise<void> | null = null;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.on(signal, () => void (stopping ??= stop()));
const problem = await database.firstTry;
if (problem) console.error(problem instanceof Error ? problem.message : problem);
console.log(`Day Two verifies results here, ${env.DAY2_VERIFY_CONCURRENCY} at a time.`);

async function stop(): Promise<void> {
  clearInterval(alive);
  await verification.close();
  await database.close();
  process.exit(0);
}

function findFault(): string | null {
  if (!env.DATABASE_URL)
    return 'A worker needs the database of the site, and DATABASE_URL names none. The embedded database is its server’s alone, which verifies by itself. Repair: DATABASE_URL=postgres://user:password@host:5432/database npm run worker';
  if (!selectOptionalChromium())
    return 'A worker grades in Chromium, and there is none. Repair: install it (Debian: apt-get install chromium) or set CHROMIUM_PATH to its executable.';
  return null;
}
