import type { Client } from 'pg';
import { readLabFolder } from '../../src/labs/read-lab-folder.ts';
import { passedAttempt } from '../../src/submissions/testing/passed-attempt.ts';

const person = 'liv';
const lab = 'l35-own-its-dependencies';

/** Address of a verdict of liv's, and of what the server was sent with it. */
const entryOfLiv = '0192f0c0-0000-7000-8000-00000000011e';
const submissionOfLiv = '0192f0c0-0000-7000-8000-00000000011f';
/** Stands in each check of the verdict, in the server's and in the files. */
const measured = 'measured for Liv alone';

/** Writes that liv passed a lab in the browser, sent it, and that the server verified it. */
export async function seedVerdict(client: Client): Promise<void> {
  const folder = await readLabFolder(lab);
  if (!folder) throw new Error(`There is no lab ${lab}.`);
  const files = { 'gate.ts': `// ${measured}` };
  const attempt = passedAttempt(lab, folder, files);
  const checks = attempt.verdict.checks.map((check) => ({ ...check, measured }));
  const verdict = { ...attempt.verdict, checks };
  const at = verdict.finishedAt;
  const event = { id: entryOfLiv, at, device: entryOfLiv, schema: 1, kind: 'verdict' };
  await client.query(
    `INSERT INTO progress_entries (account, id, pushed_by, kind, content) VALUES ($1, $2, $2, 'event', $3)`,
    [person, entryOfLiv, JSON.stringify({ ...event, payload: verdict })],
  );
  await client.query(
    `INSERT INTO submission (id, user_id, verdict_id, lab, lab_version, seed, files, verdict,
       solution_shown, digest, fingerprints) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, false, 'digest', '{}')`,
    [
      submissionOfLiv,
      person,
      verdict.id,
      lab,
      verdict.labVersion,
      verdict.seed,
      JSON.stringify(files),
      JSON.stringify(verdict),
    ],
  );
  await client.query(
    `INSERT INTO submission_verification (submission_id, user_id, lab, submitted_at, state, seed, verdict, actor)
     SELECT id, user_id, lab, submitted_at, 'verified', 11, verdict, 'worker' FROM submission`,
  );
}
