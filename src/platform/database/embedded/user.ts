import { execFileSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { userInfo } from 'node:os';
import path from 'node:path';
import { DatabaseProblem } from '../problem.ts';

/** Whom PostgreSQL runs as. */
export interface DatabaseUser {
  readonly uid: number;
  readonly gid: number;
}

const EXECUTE = 1;

/** PostgreSQL refuses root: root becomes the owner of the cluster, or else postgres or nobody. Null: the user of this process. */
export function selectOptionalUser(cluster: string): DatabaseUser | null {
  if (process.getuid?.() !== 0) {
    requireName();
    return null;
  }
  const owner = statSync(cluster, { throwIfNoEntry: false });
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  const user = findUser('postgres') ?? findUser('nobody');
  if (user) return user;
  throw new DatabaseProblem('lasting', {
    found: 'PostgreSQL refuses to run as root, and there is neither a user postgres nor nobody.',
    where: 'the users of this machine',
    repair: 'add one (useradd --system postgres), or start as a user other than root.',
  });
}

/** Throws where `user` may not pass through a folder on the way to `place`. */
export function requirePassage(place: string, user: DatabaseUser | null): void {
  if (!user) return;
  for (let folder = path.resolve(place); ; folder = path.dirname(folder)) {
    const stat = statSync(folder, { throwIfNoEntry: false });
    if (stat?.isDirectory() && !mayPass(stat, user)) {
      const mode = (stat.mode & 0o777).toString(8);
      throw new DatabaseProblem('lasting', {
        found: `PostgreSQL does not run as root, and uid ${user.uid} may not pass through a folder of mode ${mode} on the way to ${place}.`,
        where: folder,
        repair: `chmod o+x ${folder}, or keep the project and DAY2_DATA under a folder that others may pass, for example /opt, or start as the owner of the folder instead of root.`,
      });
    }
    if (folder === path.dirname(folder)) return;
  }
}

function mayPass(stat: { uid: number; gid: number; mode: number }, user: DatabaseUser): boolean {
  if (stat.uid === user.uid) return (stat.mode & (EXECUTE << 6)) !== 0;
  if (stat.gid === user.gid) return (stat.mode & (EXECUTE << 3)) !== 0;
  return (stat.mode & EXECUTE) !== 0;
}

/** initdb looks its own user up by number and gives up where that has no name. */
function requireName(): void {
  try {
    userInfo();
  } catch (error) {
    throw new DatabaseProblem('lasting', {
      found: `PostgreSQL does not start as a user without a name, and uid ${process.getuid?.()} has none.`,
      where: '/etc/passwd',
      repair:
        'add an entry for this uid, start the container as a user that its image knows, or use a PostgreSQL of yours with DATABASE_URL.',
      cause: error,
    });
  }
}

function findUser(name: string): DatabaseUser | null {
  try {
    const ask = (flag: string) =>
      Number(execFileSync('id', [flag, name], { stdio: ['ignore', 'pipe', 'ignore'] }));
    return { uid: ask('-u'), gid: ask('-g') };
  } catch {
    // id ends with 1 for a name that it does not know.
    return null;
  }
}
