import { z } from 'zod';
import { readPerson, type Person } from '#accounts/read-person.ts';
import { readSaidAccount } from '#accounts/said-account.ts';
import type { Visit } from '#accounts/visit.ts';
import type { KnowledgeCheck } from '#courses/knowledge-check.ts';
import { isAnswering } from '#platform/is-answering.ts';
import { readJsonBody } from '#platform/read-json-body.ts';
import type { GradedTry } from './answer.ts';
import { answeredAt } from './answered-at.ts';
import { keepAnswer } from './db/keep-answer.ts';
import { grade, type Graded } from './grade.ts';
import { pauseAfter } from './pause.ts';

const longestBody = 4096;

const trySchema = z.strictObject({
  /** Made by the page; sent again it is the same try. */
  id: z.uuid(),
  lesson: z.string().max(200),
  check: z.string().max(100),
  answer: z.union([z.number(), z.array(z.int().min(0).max(99)).max(100)]),
  /** When it was given, of a try that waited for the server. */
  at: z.iso.datetime().optional(),
});

type Given = z.infer<typeof trySchema>;

interface Asker {
  readonly db: Visit['db'];
  readonly person: Person;
}

type FindCheck = (lesson: string, id: string) => Promise<KnowledgeCheck | null>;

/**
 * Grades a try at a check that counts, as JSON of a `GradedTry`. Where the server has accounts, it is asked
 * who answers (401; 409 where the page says that it is another's), the try is kept, and after a wrong one there
 * is a pause (429 with Retry-After). 400 or 413: what was sent is no try. 503: the database does not answer,
 * and nothing was graded. A try that is sent again says the same again.
 */
export async function answerCheck(
  visit: Visit | null | undefined,
  request: Request,
  findCheck: FindCheck,
): Promise<Response> {
  if (visit === undefined) return answer(null, request, findCheck);
  if (visit === null) return say(503, 'The database is not open.');
  try {
    const person = await readPerson(visit);
    if (!person) return say(401, 'Nobody is signed in.');
    // A page that was loaded for somebody else must not answer for this account.
    const meant = readSaidAccount(request.headers) ?? person.id;
    if (meant !== person.id)
      return say(409, 'Another account is signed in than the one this try belongs to.');
    return await answer({ db: visit.db, person }, request, findCheck);
  } catch (error) {
    if (await isAnswering(visit.db)) throw error;
    return say(503, 'The database does not answer.');
  }
}

/** `asker` is null where the server has no accounts. */
async function answer(
  asker: Asker | null,
  request: Request,
  findCheck: FindCheck,
): Promise<Response> {
  const body = await readJsonBody(request, { schema: trySchema, longest: longestBody });
  if (body.kind === 'refused') return say(body.status, body.why);
  const { lesson, check: id } = body.value;
  const check = await findCheck(lesson, id);
  if (!check) return say(410, `No check \`${id}\` of ${lesson} counts.`);
  const graded = grade(check, body.value.answer);
  if (!graded) return say(400, `That is no answer to a check of the kind ${check.kind}.`);
  return asker ? keep(asker, body.value, graded) : answerUnkept(graded);
}

/** Without accounts nothing is kept, and the pause is left to the page. */
function answerUnkept({ grade: given }: Graded): Response {
  return tell({ ...given, tries: null, pauseSeconds: given.correct ? 0 : pauseAfter(0) });
}

async function keep(
  { db, person }: Asker,
  { id, lesson, check, at }: Given,
  { grade: given, authored }: Graded,
): Promise<Response> {
  const now = new Date();
  const place = { account: person.id, lesson, check };
  const entry = { id, answer: authored, correct: given.correct, answeredAt: answeredAt(at, now) };
  const kept = await keepAnswer(db, place, entry, now);
  if (kept.kind === 'other')
    return say(400, 'A try with this id was sent before, and was another.');
  if (kept.kind === 'pause') {
    const headers = { 'Retry-After': String(kept.seconds) };
    return say(429, `The next try is in ${kept.seconds} s.`, headers);
  }
  const { tries, pauseSeconds } = kept.kind === 'kept' ? kept : { tries: null, pauseSeconds: 0 };
  return tell({ ...given, tries, pauseSeconds }, person.cookies);
}

function tell(graded: GradedTry, cookies: readonly string[] = []): Response {
  const headers = new Headers({ 'Cache-Control': 'no-store' });
  for (const cookie of cookies) headers.append('Set-Cookie', cookie);
  return Response.json(graded, { headers });
}

function say(status: number, why: string, more: Readonly<Record<string, string>> = {}): Response {
  return new Response(why, { status, headers: { 'Cache-Control': 'no-store', ...more } });
}
