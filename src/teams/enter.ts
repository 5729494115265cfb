import { signInPath } from '#accounts/enter-page.ts';
import { readPerson } from '#accounts/read-person.ts';
import type { Visit } from '#accounts/visit.ts';
import type { Asker } from '#assignments/asker.ts';
import { askerOf } from '#assignments/enter.ts';
import { seesOthers } from './viewer.ts';

/** Whoever asks for a file about their people; a response where they may not have it. */
export async function enterExport(
  visit: Visit | null | undefined,
  url: URL,
): Promise<Asker | Response> {
  const headers = new Headers({ 'Cache-Control': 'no-store' });
  if (!visit) return new Response('The database is not open.\n', { status: 503, headers });
  const person = await readPerson(visit);
  if (!person) {
    headers.set('Location', signInPath(url));
    return new Response(null, { status: 303, headers });
  }
  const asker = askerOf(visit, person);
  if (asker && seesOthers(asker)) return asker;
  return new Response('There is nothing here for you.\n', { status: 404, headers });
}

/** A file that the browser saves under a name with today's date. */
export function fileResponse(text: string, name: string, type: 'text/csv' | 'application/json') {
  const day = new Date().toISOString().slice(0, 10);
  const extension = type === 'text/csv' ? 'csv' : 'json';
  return new Response(text, {
    headers: {
      'Cache-Control': 'no-store',
      'Content-Disposition': `attachment; filename="${name}-${day}.${extension}"`,
      'Content-Type': `${type}; charset=utf-8`,
    },
  });
}
