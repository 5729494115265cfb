import type { DatabaseUser } from './user.ts';

/** How a program of PostgreSQL is run: as its user, and without this process's environment, which may hold secrets. */
export function processOptions(user: DatabaseUser | null) {
  return {
    env: { PATH: process.env['PATH'] ?? '', LC_ALL: 'C' },
    ...(user ? { uid: user.uid, gid: user.gid } : {}),
  };
}
