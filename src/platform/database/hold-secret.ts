import { readSecretFacts, type SecretFacts } from '#accounts/secret-facts.ts';
import type { Database } from '../database.ts';
import type { Env } from '../env.ts';
import type { Log } from '../log.ts';
import { signingSecret } from '../tables.ts';
import { DatabaseProblem } from './problem.ts';

type SecretEnv = Pick<Env, 'DATABASE_URL' | 'DAY2_AUTH_SECRET' | 'DAY2_DATA'>;

/**
 * Holds a server to the secret that the database knows: with another one it would refuse the sessions of
 * the servers beside it, and they its own. Throws a DatabaseProblem. The first server's secret is noted.
 * An embedded database has one server, so there a secret that is new was lost or changed, and is taken.
 */
export async function holdSecret({ db }: Database, env: SecretEnv, log: Log): Promise<void> {
  const facts = await readSecretFacts(env);
  const noted = (await readNoted(db)) ?? (await noteFirst(db, facts));
  if (noted.fingerprint === facts.fingerprint) return;
  if (env.DATABASE_URL) throw explainOther(facts, noted.notedAt);
  await noteSecret(db, facts);
  log.warn(
    { from: facts.from },
    'sessions are signed with another secret than before: everybody signs in again',
  );
}

/** Notes this secret in place of another one; resolves to whether there was another one. */
export async function replaceSecret({ db }: Database, facts: SecretFacts): Promise<boolean> {
  const noted = await readNoted(db);
  await noteSecret(db, facts);
  return noted !== null && noted.fingerprint !== facts.fingerprint;
}

type Noted = typeof signingSecret.$inferSelect;

async function readNoted(db: Database['db']): Promise<Noted | null> {
  const [noted] = await db.select().from(signingSecret);
  return noted ?? null;
}

/** Of two servers that start at once, one is the first; both are told which. */
async function noteFirst(db: Database['db'], { fingerprint }: SecretFacts): Promise<Noted> {
  await db.insert(signingSecret).values({ fingerprint }).onConflictDoNothing();
  const noted = await readNoted(db);
  if (!noted) throw new Error('What the servers sign with was noted and is not there.');
  return noted;
}

async function noteSecret(db: Database['db'], { fingerprint }: SecretFacts): Promise<void> {
  const row = { fingerprint, notedAt: new Date() };
  await db
    .insert(signingSecret)
    .values(row)
    .onConflictDoUpdate({ target: signingSecret.isOnly, set: row });
}

function explainOther({ from }: SecretFacts, notedAt: Date): DatabaseProblem {
  const since = notedAt.toISOString().slice(0, 16).replace('T', ' ');
  return new DatabaseProblem('refused', {
    found: `The servers of this database sign with another secret since ${since} UTC: what this one signs they would refuse, and it would refuse who is signed in.`,
    where: from,
    repair:
      'give every server of this database the same DAY2_AUTH_SECRET; what a server made by itself is in the file auth-secret of its DAY2_DATA. Where the secret was changed on purpose or is lost, stop every server and run "npm run secret:replace" with the new one.',
  });
}
