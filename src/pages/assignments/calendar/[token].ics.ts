import type { APIRoute } from 'astro';
import { readCalendar } from '#assignments/calendar-feed.ts';

export const prerender = false;

/** A person's calendar. The address is the secret; whoever has it may read. */
export const GET: APIRoute = async ({ params, request, locals }) => {
  const { visit } = locals;
  if (!visit) return say(503, 'The database is not open. Try again in a moment.\n');
  const calendar = await readCalendar(visit, params['token'] ?? '');
  if (!calendar) return say(404, 'This calendar address does not work, or no longer.\n');
  const headers = {
    ETag: calendar.etag,
    'Cache-Control': 'private, no-cache',
    'Content-Type': 'text/calendar; charset=utf-8',
    'Content-Disposition': 'inline; filename="day-two.ics"',
  };
  const known = request.headers.get('if-none-match') ?? '';
  if (known.split(/,\s*/).some((tag) => tag.replace(/^W\//, '') === calendar.etag))
    return new Response(null, { status: 304, headers });
  return new Response(calendar.text, { headers });
};

function say(status: number, text: string): Response {
  return new Response(text, {
    status,
    headers: { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store' },
  });
}
