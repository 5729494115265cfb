import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { createRandom } from '#load/random.ts';
import { openSeeding } from '../support/seed-people.ts';
import { postForm } from '../support/http-person.ts';
import type { Result } from './send.ts';

export interface ClassroomOptions {
  readonly people: number;
  /** In which all of them arrive. */
  readonly seconds: number;
  readonly seed: number;
  /** The same for everybody. */
  readonly password: string;
}

/**
 * A workshop begins: everybody opens their invitation and makes an account, then everybody signs in on
 * another device, all behind one address and each at a moment of their own.
 */
export async function playClassroom(
  site: { readonly url: string; readonly databaseUrl: string },
  options: ClassroomOptions,
): Promise<Result[]> {
  const { people, password } = options;
  const invited = await invite(site.databaseUrl, people);
  const join = ({ id, name }: Invited) =>
    send(site.url, `/invitation/${id}/`, { name, password }, 'join with an invitation');
  const signIn = ({ email }: Invited) =>
    send(site.url, '/sign-in/', { form: 'password', email, password }, 'sign in');
  return [...(await arrive(invited, options, join)), ...(await arrive(invited, options, signIn))];
}

interface Invited {
  readonly id: string;
  readonly email: string;
  readonly name: string;
}

async function invite(databaseUrl: string, people: number): Promise<Invited[]> {
  const seeding = await openSeeding(databaseUrl);
  const invited = Array.from({ length: people }, (_, index) => ({
    id: randomBytes(24).toString('base64url'),
    email: `pupil${index + 1}@example.org`,
    name: `Pupil ${index + 1}`,
  }));
  await seeding.client.query(
    `INSERT INTO invitation (id, organization_id, email, role, status, expires_at, inviter_id)
     SELECT row.id, member.organization_id, row.email, 'learner', 'pending', now() + interval '1 day', member.user_id
       FROM jsonb_to_recordset($1::jsonb) AS row (id text, email text), member WHERE member.role = 'admin'`,
    [JSON.stringify(invited)],
  );
  await seeding.close();
  return invited;
}

/** Each at a moment drawn evenly from the time that they have, whatever becomes of those before. */
function arrive(
  people: readonly Invited[],
  { seconds, seed }: ClassroomOptions,
  act: (person: Invited) => Promise<Omit<Result, 'ms'>>,
): Promise<Result[]> {
  const random = createRandom(seed);
  const begun = performance.now();
  return Promise.all(
    people.map(async (person) => {
      const planned = begun + random() * seconds * 1000;
      await delay(Math.max(0, planned - performance.now()));
      const result = await act(person);
      return { ...result, ms: performance.now() - planned };
    }),
  );
}

async function send(
  url: string,
  path: string,
  fields: Readonly<Record<string, string>>,
  route: string,
): Promise<Omit<Result, 'ms'>> {
  const signal = AbortSignal.timeout(30_000);
  const error = await postForm(url, path, fields, { signal }).then(
    // What was taken leads on to another page.
    ({ status }) => (status === 303 ? null : `${route} was answered with ${status}`),
    String,
  );
  return { route, error };
}
