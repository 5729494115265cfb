import type { Asker } from '#assignments/asker.ts';
import { findSubmission, type Submission } from '#submissions/read-submission.ts';
import { findAttempt, type Attempt } from './db/attempts.ts';
import type { TeamPerson } from './db/people.ts';
import { readAlike, type Alike } from './read-alike.ts';
import { findVisible } from './read-person-view.ts';

/** One verdict with all that was measured, and what the server made of the same attempt. */
export interface VerdictView {
  readonly person: TeamPerson;
  readonly isSelf: boolean;
  readonly attempt: Attempt;
  /** The attempt as it was sent to be run again; null where it was not. */
  readonly submission: Submission | null;
  /** Submissions of other people that say the same. */
  readonly alike: readonly Alike[];
}

/** Reads one verdict; null where the asker sees nobody of that id, or that person has none of that id. */
export async function readVerdictView(
  asker: Asker,
  wanted: string,
  id: string,
): Promise<VerdictView | null> {
  const person = await findVisible(asker, wanted);
  const attempt = person && (await findAttempt(asker.db, person.id, id));
  if (!attempt) return null;
  const submission = await findSubmission(asker.db, person.id, attempt.verdict.id);
  const alike = await readAlike(asker, submission);
  return { person, isSelf: person.id === asker.person.id, attempt, submission, alike };
}
