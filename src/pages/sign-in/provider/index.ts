import type { APIRoute } from 'astro';
import { joinByProvider } from '#accounts/join-by-provider.ts';
import { nextPath } from '#accounts/next-path.ts';
import { readPerson } from '#accounts/read-person.ts';

export const prerender = false;

/** Where the provider sends people back to: takes them in and goes on. */
export const GET: APIRoute = async ({ locals, url, rewrite, redirect }) => {
  const { visit } = locals;
  if (!visit) return rewrite('/unavailable/');
  const person = await readPerson(visit);
  if (!person) return redirect('/sign-in/?error=state_mismatch', 303);
  await joinByProvider(visit, person);
  return redirect(nextPath(url.searchParams.get('next')), 303);
};
