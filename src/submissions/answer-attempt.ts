import { consumeLimit } from '#accounts/limits.ts';
import { readPerson, type Person } from '#accounts/read-person.ts';
import { readSaidAccount } from '#accounts/said-account.ts';
import type { Visit } from '#accounts/visit.ts';
import { readLabFolder } from '#labs/read-lab-folder.ts';
import { readJsonBody } from '#platform/read-json-body.ts';
import { reasonOf } from '#platform/failure.ts';
import { attemptSchema, type Attempt } from './attempt.ts';
import { findAttemptFault } from './find-attempt-fault.ts';
import { submit } from './submit.ts';
import type { Verification } from './verification.ts';

/** Several files of a lab with a verdict; none has come near it. */
const longestBody = 512 * 1024;
/** For each person, so that a classroom behind one address has as many as it has people. */
const limit = { seconds: 600, max: 60 };

/**
 * Answers a browser that sends an attempt: 200 with the submission's id once it is kept; 401, 409, 429 or
 * 503 where it is to be sent again later; 400, 413 or 422 where it never will be taken, with the reason.
 */
export async function answerAttempt(
  visit: Visit,
  verification: Verification | null,
  request: Request,
): Promise<Response> {
  const headers = new Headers({ 'Cache-Control': 'no-store' });
  const refuse = (status: number, why: string) => new Response(why, { status, headers });
  const person = await readPerson(visit);
  if (!person) return refuse(401, 'Nobody is signed in.');
  for (const cookie of person.cookies) headers.append('Set-Cookie', cookie);
  // A page that was loaded for somebody else must not send for this account.
  if (readSaidAccount(request.headers) !== person.id)
    return refuse(409, 'Another account is signed in than the one this attempt belongs to.');
  const { allowed, retryAfter } = await consumeLimit(visit.db, `submission:${person.id}`, limit);
  if (!allowed) {
    headers.set('Retry-After', String(retryAfter));
    return refuse(429, 'Too many attempts within ten minutes; this one is sent again by itself.');
  }
  const body = await readJsonBody(request, {
    schema: attemptSchema,
    longest: longestBody,
    revive: refusePrototype,
  });
  if (body.kind === 'refused') return refuse(body.status, body.why);
  const answer = await keep(visit, person, body.value);
  if (typeof answer === 'string') return refuse(422, answer);
  await wake(visit, verification, answer.id);
  return Response.json({ submission: answer.id }, { headers });
}

async function keep({ db }: Visit, person: Person, attempt: Attempt) {
  const lab = await readLabFolder(attempt.verdict.lab);
  const fault = findAttemptFault(attempt, lab);
  if (fault !== null || !lab) return fault ?? '';
  const submitted = await submit(db, person.id, attempt, lab);
  return submitted ?? 'This verdict was sent before with other files. Check again, and send that.';
}

/** What is written down is found by a worker in any case, only later. */
async function wake({ log }: Visit, verification: Verification | null, id: string): Promise<void> {
  await verification?.wake(id).catch((error: unknown) => {
    log.warn({ reason: reasonOf(error), submission: id }, 'worker not woken');
  });
}

/** No file is called so, and a schema would only leave it out. */
function refusePrototype(key: string, value: unknown): unknown {
  if (key === '__proto__') throw new SyntaxError('The key __proto__ is not taken.');
  return value;
}
