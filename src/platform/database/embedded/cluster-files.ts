import path from 'node:path';

/** The generated password, mode 600; beside the cluster's own files, so that both come to be in one rename. */
export function passwordFile(folder: string): string {
  return path.join(folder, 'day2-password');
}

/** What PostgreSQL said before its own log began; written anew at each start. */
export function startLog(folder: string): string {
  return path.join(folder, 'day2-start.log');
}
