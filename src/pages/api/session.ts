import type { APIRoute } from 'astro';
import { enterPage } from '#accounts/enter-page.ts';

export const prerender = false;

/** Who is signed in, for pages that are static files: `{accounts, person: {id, name} | null}`. */
export const GET: APIRoute = async ({ locals }) => {
  const headers = new Headers({ 'Cache-Control': 'no-store' });
  if (locals.visit === null) return new Response(null, { status: 503, headers });
  const person = locals.visit ? await enterPage(locals.visit, { headers }) : null;
  const body = {
    accounts: locals.visit !== undefined,
    person: person ? { id: person.id, name: person.name } : null,
  };
  return Response.json(body, { headers });
};
