import type { SQL } from 'drizzle-orm';
import type { Asker } from '#assignments/asker.ts';
import { scopeOf } from '#assignments/scope.ts';
import { findLikenesses } from '#submissions/find-likenesses.ts';
import { listNewestSent, listSenders, type Sender } from './db/questions.ts';

/** Two submissions of different people that say the same: something to ask both, not a verdict. */
export interface Question {
  readonly lab: string;
  /** The one that was sent first. */
  readonly first: Sent;
  readonly second: Sent;
  /** How much of the smaller one's own passages both have, from 0 to 1. */
  readonly share: number;
  readonly passages: number;
}

interface Sent {
  /** Null where the asker may not know: a learner of the other, a manager of people outside their teams. */
  readonly by: Sender | null;
  readonly at: Date;
}

const mostQuestions = 50;

/** What of the newest that these people sent at these labs is like somebody else's, the closest first. */
export async function readQuestions(
  asker: Asker,
  accounts: SQL,
  labs: readonly string[],
): Promise<Question[]> {
  const { db, person, membership } = asker;
  const found = await findLikenesses(db, await listNewestSent(db, accounts, labs));
  const pairs = found.slice(0, mostQuestions);
  if (pairs.length === 0) return [];
  const whose = { organisation: membership.organisation, scope: scopeOf(membership) };
  const ids = pairs.flatMap(({ one, other }) => [one.submission, other.submission]);
  const senders = await listSenders(db, whose, person.id, ids);
  const sent = ({ submission, submittedAt: at }: (typeof pairs)[number]['one']): Sent => ({
    by: senders.get(submission) ?? null,
    at,
  });
  return pairs.map(({ lab, one, other, share, passages }) => ({
    lab,
    first: sent(one),
    second: sent(other),
    share,
    passages,
  }));
}
