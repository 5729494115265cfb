import { createHash, randomInt } from 'node:crypto';
import { and, eq, gt } from 'drizzle-orm';
import type { Queries } from '#platform/audit.ts';
import { reasonOf } from '#platform/failure.ts';
import type { Log } from '#platform/log.ts';
import { newId } from './db/new-id.ts';
import { user, verification } from './tables.ts';

const identifier = 'set-up-code';
/** Without signs that look alike. */
const alphabet = 'ABCDEFGHJKMNPQRSTVWXYZ23456789';
const length = 12;
const lifeMs = 7 * 24 * 60 * 60 * 1000;

/** While the site has no account, prints the code that makes its first admin. Each node has a code of its own. */
export function announceSetUp({ db, log }: { db: Queries; log: Log }): void {
  printCode({ db, log }).catch((error: unknown) =>
    log.error({ reason: reasonOf(error) }, 'the set-up code was not made; restart the server'),
  );
}

async function printCode({ db, log }: { db: Queries; log: Log }): Promise<void> {
  if (await hasUsers(db)) return;
  const code = Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join('');
  const expiresAt = new Date(Date.now() + lifeMs);
  await db.insert(verification).values({ id: newId(), identifier, value: hashOf(code), expiresAt });
  const shown = code.replaceAll(/(.{4})(?=.)/g, '$1-');
  log.warn(
    { page: '/setup/', code: shown },
    `no account yet: open /setup/ and use the code ${shown}`,
  );
}

/** Whether anybody has an account. */
export async function hasUsers(db: Queries): Promise<boolean> {
  return (await db.select({ id: user.id }).from(user).limit(1)).length > 0;
}

/** Whether a server printed this code within the last 7 days. Case, spaces and dashes do not matter. */
export async function isSetUpCode(db: Queries, code: string): Promise<boolean> {
  const value = hashOf(code.toUpperCase().replaceAll(/[^A-Z0-9]/g, ''));
  const rows = await db
    .select({ id: verification.id })
    .from(verification)
    .where(
      and(
        eq(verification.identifier, identifier),
        eq(verification.value, value),
        gt(verification.expiresAt, new Date()),
      ),
    );
  return rows.length > 0;
}

/** Makes every printed code useless. */
export async function forgetSetUpCodes(db: Queries): Promise<void> {
  await db.delete(verification).where(eq(verification.identifier, identifier));
}

function hashOf(code: string): string {
  return createHash('sha256').update(code).digest('base64url');
}
