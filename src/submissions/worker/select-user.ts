import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { canGrade } from './can-grade.ts';

const run = promisify(execFile);

/** Whom a grade runs as. */
interface GradeUser {
  readonly uid: number;
  readonly gid: number;
}

let selected: Promise<GradeUser | null> | undefined;

/**
 * Root grades as `nobody`: Chromium then has its own sandbox, cannot raise its priority over the server's,
 * and reads nothing that is root's. Null: as the user of this process, also where nobody may not enter.
 */
export function selectOptionalUser(): Promise<GradeUser | null> {
  selected ??= process.getuid?.() === 0 ? findNobody() : Promise.resolve(null);
  return selected;
}

async function findNobody(): Promise<GradeUser | null> {
  try {
    const [uid, gid] = await Promise.all(
      ['-u', '-g'].map(async (flag) => Number((await run('id', [flag, 'nobody'])).stdout)),
    );
    if (!uid || !gid) return null;
    // The folders on the way may be root's alone.
    return (await canGrade({ uid, gid })) ? { uid, gid } : null;
  } catch {
    return null;
  }
}
