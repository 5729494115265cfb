import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { openTestDatabase } from '#platform/open-test-database.ts';
import { readInvitation } from './answer-invitation.ts';
import { hashToken } from './auth/hash-token.ts';
import { acceptInvitation, insertInvitations } from './db/invitations.ts';
import { insertMember, insertPerson } from './db/users.ts';
import { readMailLink } from './confirm-mail.ts';
import { readSignInLink } from './sign-in-link.ts';
import { invitation, organization, verification } from './tables.ts';
import type { Person } from './read-person.ts';
import type { Visit } from './visit.ts';

// A PostgreSQL is made and started.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let database: Awaited<ReturnType<typeof openTestDatabase>>;
/** Whoever only looks at a link that is closed is not asked who they are. */
let visit: Visit;
let ada: string;
let organisation: string;

beforeAll(async () => {
  database = await openTestDatabase();
  visit = { db: database.db } as Visit;
  organisation = randomUUID();
  await database.db
    .insert(organization)
    .values({ id: organisation, name: 'Northwind', slug: organisation });
  const person = { name: 'Ada', email: 'ada@example.org', emailVerified: true, hash: 'none' };
  ada = await insertPerson(database.db, person);
  await insertMember(database.db, { userId: ada, organisation, role: 'admin' });
});
afterAll(() => database[Symbol.asyncDispose]());

async function invite(change: Partial<typeof invitation.$inferInsert> = {}): Promise<string> {
  const made = { email: `${randomUUID()}@example.org`, role: 'learner', team: null } as const;
  const [row] = await insertInvitations(database.db, organisation, ada, [made]);
  const id = row?.id ?? '';
  if (Object.keys(change).length > 0)
    await database.db.update(invitation).set(change).where(eq(invitation.id, id));
  return id;
}

const past = new Date(Date.now() - 1000);
const soon = new Date(Date.now() + 60_000);

test('an invitation that is unknown, withdrawn, accepted or too old says which', async () => {
  const stateOf = async (id: string) => (await readInvitation(visit, id)).state;
  expect(await stateOf('none')).toBe('unknown');
  expect(await stateOf(await invite({ status: 'withdrawn' }))).toBe('withdrawn');
  expect(await stateOf(await invite({ expiresAt: past }))).toBe('expired');
  const open = await invite();
  expect(await acceptInvitation(database.db, open, ada)).toBe(true);
  expect(await stateOf(open)).toBe('accepted');
});

test('none of those can be accepted, and an open one only once, however many try at once', async () => {
  const accept = (id: string) => acceptInvitation(database.db, id, ada);
  expect(await accept(await invite({ status: 'withdrawn' }))).toBe(false);
  expect(await accept(await invite({ expiresAt: past }))).toBe(false);
  const open = await invite();
  const tries = await Promise.all([accept(open), accept(open), accept(open)]);
  expect(tries.filter(Boolean)).toHaveLength(1);
});

test('a link to sign in is open until it is used or too old', async () => {
  const make = async (name: string, expiresAt: Date, prefix = '') => {
    const identifier = `${prefix}${await hashToken(name)}`;
    const value = JSON.stringify({ email: 'ada@example.org' });
    await database.db.insert(verification).values({ id: name, identifier, value, expiresAt });
    return name;
  };
  const stateOf = async (token: string) => (await readSignInLink(visit, token)).state;
  expect(await stateOf('none')).toBe('unknown');
  expect(await stateOf(await make('open', soon))).toBe('open');
  expect(await stateOf(await make('old', past))).toBe('expired');
  expect(await stateOf(await make('used', soon, 'used-'))).toBe('used');
});

test('a link that confirms an address is its person’s only, and ends', async () => {
  const make = async (token: string, expiresAt: Date) => {
    const identifier = `mail-${await hashToken(token)}`;
    const value = JSON.stringify({ user: ada, email: 'ada@new.example' });
    await database.db.insert(verification).values({ id: token, identifier, value, expiresAt });
  };
  await make('fresh', soon);
  await make('stale', past);
  const read = (person: string, token: string) =>
    readMailLink(visit, { id: person } as Person, token);
  expect(await read(ada, 'fresh')).toBe('ada@new.example');
  expect(await read('somebody else', 'fresh')).toBeNull();
  expect(await read(ada, 'stale')).toBeNull();
  expect(await read(ada, 'none')).toBeNull();
});
