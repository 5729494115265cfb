import { and, eq, sql } from 'drizzle-orm';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import type { LabFolder } from '#labs/read-lab-folder.ts';
import type { Queries } from '#platform/audit.ts';
import type { Attempt } from './attempt.ts';
import { listWaiting, lockPerson, writeStep } from './db/steps.ts';
import { digestFiles, fingerprint } from './likeness/fingerprints.ts';
import { submission } from './tables.ts';

/** The submission of an attempt; `isNew` where it was not known before. */
export interface Submitted {
  readonly id: string;
  readonly isNew: boolean;
}

/**
 * Keeps an attempt that has no fault and has it wait to be verified; another one of the person at the
 * lab that still waits is superseded. Repeating it changes nothing. Null where the verdict's id was sent
 * before with other files.
 */
export function submit(
  db: NodePgDatabase,
  person: string,
  { verdict, files }: Attempt,
  lab: LabFolder,
): Promise<Submitted | null> {
  const digest = digestFiles(files);
  return db.transaction(async (transaction) => {
    await lockPerson(transaction, person);
    const known = await findKnown(transaction, person, verdict.id);
    if (known)
      return known.digest === digest && known.lab === verdict.lab
        ? { id: known.id, isNew: false }
        : null;
    for (const id of await listWaiting(transaction, person, verdict.lab))
      await writeStep(transaction, id, { state: 'superseded', actor: person });
    const [row] = await transaction
      .insert(submission)
      .values({
        userId: person,
        verdictId: verdict.id,
        lab: verdict.lab,
        labVersion: verdict.labVersion,
        seed: verdict.seed,
        files,
        verdict,
        solutionShown: verdict.solutionShown || (await wasShown(transaction, person, verdict.lab)),
        digest,
        fingerprints: fingerprint(files, lab),
      })
      .returning({ id: submission.id });
    await writeStep(transaction, row!.id, { state: 'queued', actor: person });
    return { id: row!.id, isNew: true };
  });
}

async function findKnown(db: Queries, person: string, verdictId: string) {
  const [row] = await db
    .select({ id: submission.id, digest: submission.digest, lab: submission.lab })
    .from(submission)
    .where(and(eq(submission.userId, person), eq(submission.verdictId, verdictId)));
  return row ?? null;
}

/** Whether any device of the person told that the solution was looked at, whatever the verdict says. */
async function wasShown(db: Queries, person: string, lab: string): Promise<boolean> {
  const { rows } = await db.execute(sql`
    SELECT 1 FROM progress_entries WHERE account = ${person}
      AND content->>'kind' = 'solution-shown' AND content->'payload'->>'lab' = ${lab} LIMIT 1`);
  return rows.length > 0;
}
