import { chmod, chown, lstat, mkdir } from 'node:fs/promises';
import { DatabaseProblem } from '../problem.ts';
import type { DatabaseUser } from './user.ts';

/** Makes a folder that only the database's user may enter; refuses one that somebody else made first. */
export async function makePrivateFolder(folder: string, user: DatabaseUser | null): Promise<void> {
  const made = await mkdir(folder, { recursive: true, mode: 0o700 });
  if (made && user) await chown(folder, user.uid, user.gid);
  const stat = await lstat(folder);
  const uid = user?.uid ?? process.getuid?.();
  if (!stat.isDirectory() || stat.uid !== uid) {
    throw new DatabaseProblem('lasting', {
      found: `The folder for the database's socket belongs to uid ${stat.uid}, not to uid ${uid}.`,
      where: folder,
      repair: 'see who made it, delete it, and start again.',
    });
  }
  if ((stat.mode & 0o777) !== 0o700) await chmod(folder, 0o700);
}
