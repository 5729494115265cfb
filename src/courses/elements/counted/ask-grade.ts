import { make } from '#ui/make.ts';
import type { Answer, GradedTry } from '#answers/answer.ts';

/** What became of a try. `not-graded` has the reason and what to do, for the page. */
export type Outcome =
  | { readonly kind: 'graded'; readonly graded: GradedTry }
  | { readonly kind: 'pause'; readonly seconds: number }
  | { readonly kind: 'not-graded'; readonly why: readonly (Node | string)[] };

interface Try {
  readonly lesson: string;
  readonly check: string;
  readonly answer: Answer;
}

const kept = 'Your answer is kept in this browser.';
const answerLimitMs = 20_000;

/** Asks the server to grade a try. Never rejects: what keeps it from being graded is an outcome. */
export async function askGrade(given: Try): Promise<Outcome> {
  const response = await fetch('/api/checks/', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(given),
    signal: AbortSignal.timeout(answerLimitMs),
  }).catch(() => null);
  if (!response)
    return notGraded(
      `Not graded: the server is not reached. ${kept} Press again when you are online.`,
    );
  if (response.ok) return readGrade(response);
  if (response.status === 429)
    return { kind: 'pause', seconds: Number(response.headers.get('Retry-After')) || 30 };
  if (response.status === 401) {
    const next = `${location.pathname}#check-${given.check}`;
    const href = `/sign-in/?next=${encodeURIComponent(next)}`;
    return notGraded(
      'Not graded: it counts for somebody. ',
      make('a', { href }, 'Sign in'),
      ` first. ${kept}`,
    );
  }
  return notGraded(`${reasons[response.status] ?? failed} ${kept}`);
}

const failed = 'Not graded: the server failed. Press again in a moment.';
const noServer =
  'Not graded: this copy of the site has no server that grades. It takes one that was started with Day Two.';
const reasons: Readonly<Record<number, string>> = {
  400: 'Not graded: this page is of another version than the server. Load it again.',
  404: noServer,
  405: noServer,
  410: 'Not graded: this check was changed. Load the page again.',
  501: noServer,
  503: 'Not graded: the database of the server is down. Press again in a moment.',
};

/** A host that answers every address with a page is no server that grades. */
async function readGrade(response: Response): Promise<Outcome> {
  const isJson = response.headers.get('Content-Type')?.startsWith('application/json');
  if (!isJson) return notGraded(`${noServer} ${kept}`);
  const graded = (await response.json().catch(() => null)) as GradedTry | null;
  return graded ? { kind: 'graded', graded } : notGraded(`${failed} ${kept}`);
}

function notGraded(...why: readonly (Node | string)[]): Outcome {
  return { kind: 'not-graded', why };
}
