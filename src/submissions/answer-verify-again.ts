import { z } from 'zod';
import { signInPath } from '#accounts/enter-page.ts';
import { nextPath } from '#accounts/next-path.ts';
import { readPerson } from '#accounts/read-person.ts';
import type { Visit } from '#accounts/visit.ts';
import { readBody } from '#platform/read-body.ts';
import { reasonOf } from '#platform/failure.ts';
import type { Verification } from './verification.ts';
import { verifyAgain } from './verify-again.ts';

const longestForm = 4096;
const formSchema = z.object({ submission: z.uuid(), next: z.string().optional() });

/** Answers the form with the fields `submission` and `next`, a path to go on to; 404 where it is not theirs to ask. */
export async function answerVerifyAgain(
  visit: Visit,
  verification: Verification | null,
  request: Request,
): Promise<Response> {
  const headers = new Headers({ 'Cache-Control': 'no-store' });
  const person = await readPerson(visit);
  if (!person) {
    headers.set('Location', signInPath(new URL(request.url)));
    return new Response(null, { status: 303, headers });
  }
  const text = await readBody(request, longestForm);
  const fields = formSchema.safeParse(Object.fromEntries(new URLSearchParams(text ?? '')));
  if (!fields.success) return new Response(z.prettifyError(fields.error), { status: 400, headers });
  const { submission, next } = fields.data;
  const answer = await verifyAgain(visit.db, person, submission);
  if (answer === 'hidden')
    return new Response('There is no such submission of somebody whom you manage.', {
      status: 404,
      headers,
    });
  await verification?.wake(submission).catch((error: unknown) => {
    visit.log.warn({ reason: reasonOf(error), submission }, 'worker not woken');
  });
  headers.set('Location', nextPath(next));
  return new Response(null, { status: 303, headers });
}
