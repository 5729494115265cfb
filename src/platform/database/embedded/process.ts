import { execFileSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';

/** Whether a process has this id, of whatever user. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/**
 * Whether the process is the PostgreSQL of this cluster: an id is given to another process after a
 * reboot or in a new container. PostgreSQL works in its data folder, and a zombie in none.
 */
export function isPostmasterOf(pid: number, cluster: string): boolean {
  if (!isRunning(pid)) return false;
  if (process.platform !== 'linux') return commandOf(pid).includes(cluster);
  const folder = statSync(cluster);
  try {
    const work = statSync(`/proc/${pid}/cwd`);
    return work.ino === folder.ino && work.dev === folder.dev;
  } catch {
    return isStartedFor(pid, cluster);
  }
}

/** In most containers root may not look into the folder of another user's process, and the database's user is another one. */
function isStartedFor(pid: number, cluster: string): boolean {
  try {
    const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
    return words[words.indexOf('-D') + 1] === cluster;
  } catch {
    // It has just ended.
    return false;
  }
}

function commandOf(pid: number): string {
  try {
    return execFileSync('ps', ['-ww', '-o', 'command=', '-p', String(pid)], { encoding: 'utf8' });
  } catch {
    // ps ends with 1 for a process that has just ended.
    return '';
  }
}
