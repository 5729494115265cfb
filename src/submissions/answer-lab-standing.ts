import { readPerson } from '#accounts/read-person.ts';
import { readSaidAccount } from '#accounts/said-account.ts';
import type { Visit } from '#accounts/visit.ts';
import { identifierSchema } from '#courses/identifier.ts';
import { readLabStanding } from './read-lab-standing.ts';
import type { Verification } from './verification.ts';

/** Answers a browser that asks what became of its person's attempts at `?lab=`; a `LabStanding` as JSON. */
export async function answerLabStanding(
  visit: Visit,
  verification: Verification | null,
  url: URL,
): Promise<Response> {
  const headers = { 'Cache-Control': 'no-store' };
  const refuse = (status: number, why: string) => new Response(why, { status, headers });
  const person = await readPerson(visit);
  if (!person) return refuse(401, 'Nobody is signed in.');
  // A page that was loaded for somebody else would show this person's attempts as theirs.
  const shown = readSaidAccount(visit.headers) ?? person.id;
  if (shown !== person.id) return refuse(409, 'Another account is signed in.');
  const lab = identifierSchema.safeParse(url.searchParams.get('lab'));
  if (!lab.success) return refuse(400, 'Say which lab, for example ?lab=l06-first-service.');
  const standing = await readLabStanding(visit.db, person.id, lab.data, verification);
  return Response.json(standing, { headers });
}
