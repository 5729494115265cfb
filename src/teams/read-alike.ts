import type { Asker } from '#assignments/asker.ts';
import { scopeOf } from '#assignments/scope.ts';
import { findLikenesses } from '#submissions/find-likenesses.ts';
import type { Submission } from '#submissions/read-submission.ts';
import { listSenders, type Sender } from './db/questions.ts';

/** A submission of somebody else that says the same as the one that is looked at. A question, not a verdict. */
export interface Alike {
  /** Null where the asker may not know: a learner of the other, a manager of people outside their teams. */
  readonly by: Sender | null;
  readonly at: Date;
  readonly otherAt: Date;
  /** How much of the smaller one's own passages both have, from 0 to 1. */
  readonly share: number;
  readonly passages: number;
}

/** The closest first; empty where the attempt was not sent. */
export async function readAlike(asker: Asker, sent: Submission | null): Promise<Alike[]> {
  if (!sent) return [];
  const { db, person, membership } = asker;
  const pairs = (await findLikenesses(db, [sent.id])).map(({ one, other, share, passages }) => {
    const [mine, theirs] = one.submission === sent.id ? [one, other] : [other, one];
    return { mine, theirs, share, passages };
  });
  const whose = { organisation: membership.organisation, scope: scopeOf(membership) };
  const ids = pairs.map(({ theirs }) => theirs.submission);
  const senders = await listSenders(db, whose, person.id, ids);
  return pairs.map(({ mine, theirs, share, passages }) => ({
    by: senders.get(theirs.submission) ?? null,
    at: mine.submittedAt,
    otherAt: theirs.submittedAt,
    share,
    passages,
  }));
}
