import { sayAccount } from '#accounts/said-account.ts';
import type { Answer, GradedTry } from './answer.ts';

/** A try as a page gives it. */
export interface GivenTry {
  /** A UUID; sent again with it, it is the same try. */
  readonly id: string;
  readonly lesson: string;
  readonly check: string;
  readonly answer: Answer;
}

/** What the server says of a try. */
export type Said =
  | { readonly kind: 'graded'; readonly graded: GradedTry }
  | { readonly kind: 'pause'; readonly seconds: number }
  /** Not yet: it is not reached, its database is down, or it failed. */
  | { readonly kind: 'not-yet'; readonly why: 'unreached' | 'down' | 'failed' }
  | { readonly kind: 'never'; readonly why: 'other-version' | 'changed' | 'no-server' }
  /** Nobody is signed in, or somebody else. */
  | { readonly kind: 'not-you'; readonly why: 'signed-out' | 'another-account' };

interface Circumstances {
  /** Whose try it is, as the page knows; null where it knows nobody. */
  readonly account: string | null;
  /** When it was given, where that was not just now. */
  readonly at: string | undefined;
  readonly signal?: AbortSignal;
}

const answerLimitMs = 20_000;

/** Asks the server to grade a try. Never rejects: what keeps it from being graded is said. */
export async function postTry(
  { id, lesson, check, answer }: GivenTry,
  { account, at, signal }: Circumstances,
): Promise<Said> {
  const limit = AbortSignal.timeout(answerLimitMs);
  const response = await fetch('/api/checks/', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...sayAccount(account) },
    body: JSON.stringify({ id, lesson, check, answer, at }),
    signal: signal ? AbortSignal.any([signal, limit]) : limit,
  }).catch(() => null);
  if (!response) return { kind: 'not-yet', why: 'unreached' };
  if (response.ok) return readGrade(response);
  if (response.status === 429)
    return { kind: 'pause', seconds: Number(response.headers.get('Retry-After')) || 30 };
  return meanings[response.status] ?? { kind: 'not-yet', why: 'failed' };
}

const otherVersion: Said = { kind: 'never', why: 'other-version' };
const noServer: Said = { kind: 'never', why: 'no-server' };
const meanings: Readonly<Record<number, Said>> = {
  400: otherVersion,
  401: { kind: 'not-you', why: 'signed-out' },
  404: noServer,
  405: noServer,
  409: { kind: 'not-you', why: 'another-account' },
  410: { kind: 'never', why: 'changed' },
  413: otherVersion,
  501: noServer,
  503: { kind: 'not-yet', why: 'down' },
};

/** A host that answers every address with a page is no server that grades. */
async function readGrade(response: Response): Promise<Said> {
  if (!response.headers.get('Content-Type')?.startsWith('application/json')) return noServer;
  const graded = (await response.json().catch(() => null)) as GradedTry | null;
  return graded ? { kind: 'graded', graded } : { kind: 'not-yet', why: 'failed' };
}
