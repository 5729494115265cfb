import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

const PREFIX = 'day2-grade-';
/** Longer than the longest grade by far, so that none of another worker's is taken. */
const STALE_MS = 3_600_000;

/** A folder for the files of one grade, which removes it at its end. */
export function makeFolder(): Promise<string> {
  return mkdtemp(path.join(tmpdir(), PREFIX));
}

/** Removes what workers left that were killed while they graded: a browser's profile is some 20 MB. */
export async function removeStaleFolders(now = Date.now()): Promise<void> {
  const names = await readdir(tmpdir());
  for (const name of names.filter((each) => each.startsWith(PREFIX))) {
    const folder = path.join(tmpdir(), name);
    const found = await stat(folder).catch(() => null);
    // Its worker may remove it just now.
    if (found && now - found.mtimeMs > STALE_MS) await rm(folder, { recursive: true, force: true });
  }
}
