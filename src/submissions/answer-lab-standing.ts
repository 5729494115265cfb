import { readPerson } from '#accounts/read-person.ts';
import type { Visit } from '#accounts/visit.ts';
import { identifierSchema } from '#courses/identifier.ts';
import type { LabStanding } from './lab-standing.ts';
import { readLabStanding } from './read-lab-standing.ts';
import type { Verification } from './verification.ts';

/** Answers a browser that asks what became of its person's attempts at `?lab=`; a `LabStanding` as JSON. */
export async function answerLabStanding(
  visit: Visit,
  verification: Verification | null,
  url: URL,
): Promise<Response> {
  const headers = { 'Cache-Control': 'no-store' };
  const person = await readPerson(visit);
  if (!person) return new Response('Nobody is signed in.', { status: 401, headers });
  const lab = identifierSchema.safeParse(url.searchParams.get('lab'));
  if (!lab.success)
    return new Response('Say which lab, for example ?lab=l06-first-service.', {
      status: 400,
      headers,
    });
  const isStaffed = (await verification?.isStaffed()) ?? false;
  const standing: LabStanding = await readLabStanding(visit.db, person.id, lab.data, isStaffed);
  return Response.json(standing, { headers });
}
