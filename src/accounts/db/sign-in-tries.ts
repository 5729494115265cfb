import type { Queries } from '#platform/audit.ts';
import { clearLimit, consumeLimit, type Limit } from '../limits.ts';

/** Of one account from one address, of one account from anywhere, and of all accounts from one address: a classroom has one. */
const limits = {
  here: { seconds: 300, max: 10 },
  account: { seconds: 900, max: 100 },
  address: { seconds: 60, max: 600 },
} satisfies Record<string, Limit>;

/** Counts a try to sign in with a password; the seconds to wait before it may be made, or null. */
export async function countSignIn(
  db: Queries,
  email: string,
  address: string,
): Promise<number | null> {
  const { here, account } = keysOf(email, address);
  return (
    (await waitFor(db, `sign-in-from:${address}`, limits.address)) ??
    (await waitFor(db, account, limits.account)) ??
    (await waitFor(db, here, limits.here))
  );
}

/** After the right password: what was tried before counts no more. */
export async function forgetSignIns(db: Queries, email: string, address: string): Promise<void> {
  const { here, account } = keysOf(email, address);
  await clearLimit(db, here);
  await clearLimit(db, account);
}

/** Counts a link that is asked for; as `countSignIn`. */
export async function countLink(
  db: Queries,
  email: string,
  address: string,
): Promise<number | null> {
  return (
    (await waitFor(db, `link-from:${address}`, limits.address)) ??
    (await waitFor(db, `link:${email}`, { seconds: 900, max: 5 }))
  );
}

function keysOf(email: string, address: string) {
  return { here: `sign-in:${email}:${address}`, account: `sign-in:${email}` };
}

async function waitFor(db: Queries, key: string, limit: Limit): Promise<number | null> {
  const { allowed, retryAfter } = await consumeLimit(db, key, limit);
  return allowed ? null : retryAfter;
}
