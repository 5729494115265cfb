import type { Asker } from '#assignments/asker.ts';
import { findLikenesses } from '#submissions/find-likenesses.ts';
import type { Submission } from '#submissions/read-submission.ts';
import type { TeamPerson } from './db/people.ts';
import { findVisible } from './read-person-view.ts';

/** A submission of somebody else that says the same as the one that is looked at. A question, not a verdict. */
export interface Alike {
  /** Null where the asker may not know: a learner of the other, a manager of people outside their teams. */
  readonly other: TeamPerson | null;
  readonly at: Date;
  readonly otherAt: Date;
  /** How much of the smaller one's own passages both have, from 0 to 1. */
  readonly share: number;
  readonly passages: number;
}

/** The closest first; empty where the attempt was not sent. */
export async function readAlike(asker: Asker, sent: Submission | null): Promise<Alike[]> {
  if (!sent) return [];
  const found = await findLikenesses(asker.db, [sent.id]);
  return Promise.all(
    found.map(async ({ one, other, share, passages }) => {
      const [mine, theirs] = one.submission === sent.id ? [one, other] : [other, one];
      return {
        other: await findVisible(asker, theirs.person),
        at: mine.submittedAt,
        otherAt: theirs.submittedAt,
        share,
        passages,
      };
    }),
  );
}
