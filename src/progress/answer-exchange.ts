import { readPerson } from '#accounts/read-person.ts';
import { readSaidAccount } from '#accounts/said-account.ts';
import type { Visit } from '#accounts/visit.ts';
import { isAnswering } from '#platform/is-answering.ts';
import { readJsonBody } from '#platform/read-json-body.ts';
import { reasonOf } from '#platform/failure.ts';
import { exchangeEntries } from './server/exchange-entries.ts';
import { exchangeRequestSchema, largestEntry } from './sync/exchange.ts';

/** The largest entry, and room for what is around it. */
const longestBody = 2 * largestEntry;

/**
 * Answers what a device of a person says of progress: 200 once it is kept; otherwise 401, 409, 413, 400 or,
 * where the database does not answer, 503, with the reason as text. Sending it again does no harm.
 */
export async function answerExchange(visit: Visit, request: Request): Promise<Response> {
  try {
    return await answer(visit, request);
  } catch (error) {
    // The page was left while it sent; it sends the same again from the next one.
    if (request.signal.aborted) return new Response(null, { status: 408 });
    if (await isAnswering(visit.db)) throw error;
    visit.log.warn({ reason: reasonOf(error) }, 'progress not taken: the database does not answer');
    return new Response('The database does not answer.', {
      status: 503,
      headers: { 'Cache-Control': 'no-store' },
    });
  }
}

async function answer(visit: Visit, request: Request): Promise<Response> {
  const headers = new Headers({ 'Cache-Control': 'no-store' });
  const refuse = (status: number, why: string) => new Response(why, { status, headers });
  const person = await readPerson(visit);
  if (!person) return refuse(401, 'Nobody is signed in.');
  for (const cookie of person.cookies) headers.append('Set-Cookie', cookie);
  // A page that was loaded for somebody else must not add to this account.
  if (readSaidAccount(request.headers) !== person.id)
    return refuse(409, 'Another account is signed in than the one this progress belongs to.');
  const body = await readJsonBody(request, { schema: exchangeRequestSchema, longest: longestBody });
  if (body.kind === 'refused') return refuse(body.status, body.why);
  return Response.json(await exchangeEntries(visit.db, person.id, body.value), { headers });
}
