import { readSecretFacts } from '#accounts/secret-facts.ts';
import { parseEnv, type Env } from '../env.ts';
import { createLog } from '../log.ts';
import { replaceSecret } from './hold-secret.ts';
import { openDatabase } from './open.ts';
import { DatabaseProblem, messageOf } from './problem.ts';

try {
  await replace(parseEnv(process.env));
} catch (error) {
  console.error(messageOf(error));
  process.exitCode = 1;
}

async function replace(env: Env): Promise<void> {
  if (!env.DATABASE_URL)
    throw new DatabaseProblem('lasting', {
      found: 'The embedded database has one server, which takes a new secret by itself.',
      where: env.DAY2_DATA,
      repair: 'start the server; for a PostgreSQL of yours set DATABASE_URL.',
    });
  const facts = await readSecretFacts(env);
  const database = await openDatabase(env, createLog('warn'));
  try {
    console.log(
      (await replaceSecret(database, facts))
        ? `The servers of this database sign with the secret of ${facts.from} from now on. Start every one of them with it: one that still runs goes on with the secret before. Everybody signs in again, and calendar addresses have to be made anew.`
        : `The servers of this database sign with the secret of ${facts.from}, as before.`,
    );
  } finally {
    await database.close();
  }
}
