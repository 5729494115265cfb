import { existsSync } from 'node:fs';
import { access, constants, readFile } from 'node:fs/promises';
import path from 'node:path';
import { DatabaseProblem } from '../problem.ts';
import type { Binaries } from './binaries.ts';
import { passwordFile } from './cluster-files.ts';

/** Throws where the cluster was made by another major version, or is not one that Day Two made. */
export async function requireVersion(folder: string, { version }: Binaries): Promise<void> {
  // Where this user may not look, nothing would seem to be there.
  await access(folder, constants.R_OK | constants.X_OK);
  const file = path.join(folder, 'PG_VERSION');
  if (!existsSync(file) || !existsSync(passwordFile(folder))) {
    throw new DatabaseProblem('lasting', {
      found:
        'The data folder is not a database of Day Two: PG_VERSION or day2-password is missing.',
      where: folder,
      repair:
        'put the missing file back, or move the folder away and start again with an empty one (npm run db:restore brings a backup in).',
    });
  }
  const found = (await readFile(file, 'utf8')).trim();
  const wanted = version.split('.')[0];
  if (found === wanted) return;
  throw new DatabaseProblem('lasting', {
    found: `The data folder was written by PostgreSQL ${found}, and this release brings PostgreSQL ${wanted}.`,
    where: file,
    repair: `run npm run db:backup with the release that wrote it, move the folder away, and run npm run db:restore with this one.`,
  });
}
