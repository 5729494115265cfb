import type { APIContext } from 'astro';
import { readPerson, type Person } from './read-person.ts';
import { may } from './roles.ts';
import type { Visit } from './visit.ts';

/** The person who opens a page, or null. Lengthens the session and keeps the page out of every cache. */
export async function enterPage(
  visit: Visit,
  response: { headers: Headers },
): Promise<Person | null> {
  response.headers.set('Cache-Control', 'no-store');
  const person = await readPerson(visit);
  for (const cookie of person?.cookies ?? []) response.headers.append('Set-Cookie', cookie);
  return person;
}

/**
 * The answer to somebody who is not signed in: the page to sign in and come back, or, where they sent a
 * form, the one that keeps it.
 */
export function askToSignIn({
  request,
  url,
  redirect,
  rewrite,
}: Pick<APIContext, 'request' | 'url' | 'redirect' | 'rewrite'>): Response | Promise<Response> {
  return request.method === 'POST' ? rewrite('/signed-out/') : redirect(signInPath(url), 303);
}

/** Where to sign in to come back to this page. */
export function signInPath({ pathname, search }: URL): string {
  return `/sign-in/?next=${encodeURIComponent(pathname + search)}`;
}

/** The organisation that a person is looking at, where they are its admin; null otherwise. */
export function adminPlace({ current }: Person): Person['current'] {
  return current && may(current.role, { organization: ['update'] }) ? current : null;
}
