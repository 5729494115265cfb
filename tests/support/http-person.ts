import { randomUUID } from 'node:crypto';

/** Somebody who is signed in and talks to the site without a browser. */
export interface HttpPerson {
  readonly id: string;
  readonly cookie: string;
  get(path: string, signal?: AbortSignal): Promise<Response>;
  /** Redirects are not followed: after a form that was taken the status is 303. */
  postForm(
    path: string,
    fields: Readonly<Record<string, string>>,
    signal?: AbortSignal,
  ): Promise<Response>;
  /** As the script of this site's pages does. */
  postJson(path: string, body: unknown, signal?: AbortSignal): Promise<Response>;
}

export interface Credentials {
  readonly email: string;
  readonly password: string;
}

/** Posts a form as a page of the site does. */
export function postForm(
  url: string,
  path: string,
  fields: Readonly<Record<string, string>>,
  more: { readonly cookie?: string; readonly signal?: AbortSignal | undefined } = {},
): Promise<Response> {
  return fetch(new URL(path, url), {
    method: 'POST',
    redirect: 'manual',
    headers: { Origin: new URL(url).origin, ...(more.cookie && { Cookie: more.cookie }) },
    body: new URLSearchParams(fields),
    signal: more.signal ?? null,
  });
}

/** Signs in with the form of the page; throws where the site does not let them in. */
export async function signInOverHttp(url: string, credentials: Credentials): Promise<HttpPerson> {
  const answer = await postForm(url, '/sign-in/', { form: 'password', ...credentials });
  if (answer.status !== 303)
    throw new Error(`Signing ${credentials.email} in was answered with ${answer.status}.`);
  return continueSession(url, cookieOf(answer));
}

/** Goes on with a session that was begun on this node or another one. */
export async function continueSession(url: string, cookie: string): Promise<HttpPerson> {
  const get = (path: string, signal?: AbortSignal) =>
    fetch(new URL(path, url), {
      redirect: 'manual',
      headers: { Cookie: cookie },
      signal: signal ?? null,
    });
  const { person } = (await (await get('/api/session/')).json()) as {
    person: { id: string } | null;
  };
  if (!person) throw new Error('The session is not known.');
  return {
    id: person.id,
    cookie,
    get,
    postForm: (path, fields, signal) => postForm(url, path, fields, { cookie, signal }),
    postJson: (path, body, signal) =>
      fetch(new URL(path, url), {
        method: 'POST',
        headers: {
          'Content-Type': 'application/json',
          Origin: new URL(url).origin,
          Cookie: cookie,
          'X-Day-Two-Account': person.id,
        },
        body: JSON.stringify(body),
        signal: signal ?? null,
      }),
  };
}

/** Makes the organisation and its admin with the code of the log. */
export async function setUpOverHttp(
  url: string,
  code: string,
  credentials: Credentials,
): Promise<HttpPerson> {
  const fields = { form: 'set-up', code, organisation: 'Northwind', name: 'Ada Lund' };
  const answer = await postForm(url, '/setup/', { ...fields, ...credentials });
  if (answer.status !== 303) throw new Error(`The set-up was answered with ${answer.status}.`);
  return continueSession(url, cookieOf(answer));
}

/** An exchange of progress in which a device says that a lesson was read. */
export function lessonRead(device: string, cursor: number, lesson: string) {
  const id = randomUUID();
  const payload = { lesson, how: 'marked' };
  const event = {
    id,
    at: new Date().toISOString(),
    device,
    schema: 1,
    kind: 'lesson-read',
    payload,
  };
  return { id, request: { device, cursor, events: [event], labFiles: [] } };
}

function cookieOf(answer: Response): string {
  const pairs = answer.headers.getSetCookie().map((cookie) => cookie.split(';')[0] ?? '');
  return pairs.join('; ');
}
