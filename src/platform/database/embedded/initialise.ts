import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chown, mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import type { Binaries } from './binaries.ts';
import { passwordFile } from './cluster-files.ts';
import { explainOutput } from './explain-output.ts';
import { isRunning } from './process.ts';
import { processOptions } from './process-options.ts';
import type { DatabaseUser } from './user.ts';

/**
 * Makes the cluster where there is none. It is made beside its place and renamed at the end: a start
 * that was killed, or another that was quicker, leaves no half of one.
 */
export async function initialise(
  folder: string,
  binaries: Binaries,
  user: DatabaseUser | null,
): Promise<void> {
  await mkdir(path.dirname(folder), { recursive: true });
  await removeLeftovers(folder);
  if (existsSync(folder)) return;
  const staging = `${folder}.new-${process.pid}`;
  const password = `${staging}.password`;
  try {
    await mkdir(staging, { mode: 0o700 });
    await writeFile(password, randomBytes(24).toString('base64url'), { mode: 0o600 });
    if (user) await Promise.all([staging, password].map((at) => chown(at, user.uid, user.gid)));
    await runInitdb(staging, password, binaries, user);
    await rename(password, passwordFile(staging));
    await rename(staging, folder).catch((error: NodeJS.ErrnoException) => {
      // Another start was quicker: its cluster is taken.
      if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error;
    });
  } finally {
    await Promise.all([staging, password].map((at) => rm(at, { recursive: true, force: true })));
  }
}

async function runInitdb(
  staging: string,
  password: string,
  { initdb }: Binaries,
  user: DatabaseUser | null,
): Promise<void> {
  const sorting = ['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C'];
  const signIn = ['--username=day2', '--auth=scram-sha-256', `--pwfile=${password}`];
  const args = ['-D', staging, '--encoding=UTF8', ...sorting, ...signIn, '--no-instructions'];
  const child = spawn(initdb, args, {
    ...processOptions(user),
    cwd: staging,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const [output, [code]] = (await Promise.all([text(child.stderr), once(child, 'close')]).catch(
    (error: unknown) => {
      throw explainOutput(String(error), staging);
    },
  )) as [string, [number | null]];
  if (code !== 0) throw explainOutput(output, staging);
}

/** Of starts that were killed while they made a cluster. */
async function removeLeftovers(folder: string): Promise<void> {
  const parent = path.dirname(folder);
  for (const name of await readdir(parent)) {
    const pid = /^postgres\.new-(\d+)(\.password)?$/.exec(name)?.[1];
    if (!pid || isRunning(Number(pid))) continue;
    await rm(path.join(parent, name), { recursive: true, force: true });
  }
}
