import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { selectEnvironment } from './select-environment.ts';

/**
 * Whether a grade can be started by that user, or the user of this process: the program can be read and
 * there is a Chromium. Asked of a process of its own, because the server does not load what drives one.
 */
export async function canGrade(user: { uid: number; gid: number } | null = null): Promise<boolean> {
  const how = { env: selectEnvironment(), ...user };
  return promisify(execFile)(
    process.execPath,
    ['src/submissions/worker/can-grade-command.ts'],
    how,
  ).then(
    () => true,
    () => false,
  );
}
