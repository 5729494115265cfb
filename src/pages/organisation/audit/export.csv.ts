import type { APIRoute } from 'astro';
import { adminPlace, signInPath } from '#accounts/enter-page.ts';
import { readPerson } from '#accounts/read-person.ts';
import { exportAudit } from '#audit/export-audit.ts';
import { readAuditQuery } from '#audit/filters.ts';

export const prerender = false;

/** The rows of the audit log that the address asks for, as a file for an admin. */
export const GET: APIRoute = async ({ locals: { visit }, url, rewrite, redirect }) => {
  if (!visit) return rewrite('/unavailable/');
  const person = await readPerson(visit);
  if (!person) return redirect(signInPath(url), 303);
  const place = adminPlace(person);
  if (!place) return rewrite('/organisation/admins-only/');
  const { filters } = readAuditQuery(url);
  const { organisation } = place;
  const csv = await exportAudit(visit.db, { organisation, by: person.id, filters });
  return new Response(csv as BodyInit, {
    headers: {
      'Cache-Control': 'no-store',
      'Content-Disposition': 'attachment; filename="day-two-audit.csv"',
      'Content-Type': 'text/csv; charset=utf-8',
    },
  });
};
