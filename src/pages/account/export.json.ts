import type { APIRoute } from 'astro';
import { signInPath } from '#accounts/enter-page.ts';
import { exportAccount } from '#accounts/export-account.ts';
import { readPerson } from '#accounts/read-person.ts';

export const prerender = false;

/** Everything that the server keeps of a person, as a file for that person. */
export const GET: APIRoute = async ({ locals, url, rewrite, redirect }) => {
  const { visit } = locals;
  if (!visit) return rewrite('/unavailable/');
  const person = await readPerson(visit);
  if (!person) return redirect(signInPath(url), 303);
  const text = JSON.stringify(await exportAccount(visit, person), null, 2);
  return new Response(`${text}\n`, {
    headers: {
      'Cache-Control': 'no-store',
      'Content-Disposition': 'attachment; filename="day-two-account.json"',
      'Content-Type': 'application/json',
    },
  });
};
