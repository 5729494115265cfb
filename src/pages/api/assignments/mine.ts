import type { APIRoute } from 'astro';
import { readPerson } from '#accounts/read-person.ts';
import type { MyDue } from '#assignments/my-due.ts';
import { showMine } from '#assignments/show-mine.ts';

export const prerender = false;

const nothing: MyDue = { assignments: [] };

/** What is due for whoever asks, for the home page: nothing where nobody is signed in. */
export const GET: APIRoute = async ({ locals: { visit } }) => {
  const headers = { 'Cache-Control': 'no-store' };
  if (visit === null)
    return Response.json({ error: 'The database is not open.' }, { status: 503, headers });
  const person = visit ? await readPerson(visit) : null;
  const due = visit && person ? await showMine(visit.db, person) : nothing;
  return Response.json(due, { headers });
};
