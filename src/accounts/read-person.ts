import { eq } from 'drizzle-orm';
import { listMemberships, type Membership } from './db/memberships.ts';
import { session as sessions } from './tables.ts';
import type { Visit } from './visit.ts';

/** Who is signed in, and where they belong. */
export interface Person {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly emailVerified: boolean;
  readonly session: PersonSession;
  /** Oldest first. */
  readonly memberships: readonly Membership[];
  /** The one that pages are about; null for somebody without an organisation. */
  readonly current: Membership | null;
  /** Set-Cookie headers that lengthen the session. */
  readonly cookies: readonly string[];
}

interface PersonSession {
  readonly id: string;
  /** password, link, passkey or provider. */
  readonly method: string | null;
  readonly createdAt: Date;
}

/** The person of this request; null where nobody is signed in or the session has ended. */
export async function readPerson(visit: Visit): Promise<Person | null> {
  if (!visit.headers.has('cookie')) return null;
  const { headers, response } = await visit.auth.api.getSession({
    headers: visit.headers,
    returnHeaders: true,
  });
  if (!response) return null;
  const { user, session } = response;
  const memberships = await listMemberships(visit.db, user.id);
  const active = memberships.find(
    (membership) => membership.organisation === session.activeOrganizationId,
  );
  const { id, method, createdAt } = session;
  return {
    id: user.id,
    name: user.name,
    email: user.email,
    emailVerified: user.emailVerified,
    session: { id, method: method ?? null, createdAt: new Date(createdAt) },
    memberships,
    current: active ?? memberships[0] ?? null,
    cookies: headers?.getSetCookie() ?? [],
  };
}

/** Shows another of the person's organisations from now on. */
export async function chooseOrganisation(
  visit: Visit,
  person: Person,
  organisation: string,
): Promise<void> {
  await visit.db
    .update(sessions)
    .set({ activeOrganizationId: organisation })
    .where(eq(sessions.id, person.session.id));
}
