import { randomBytes } from 'node:crypto';
import { link, mkdir, readFile, unlink, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** The secret that signs, and where this server has it from. */
export interface Secret {
  readonly value: string;
  /** For messages: the variable, or the file. */
  readonly from: string;
}

/** The secret of the environment; without one that of the data folder. */
export async function readSecret(env: {
  readonly DAY2_AUTH_SECRET?: string | undefined;
  readonly DAY2_DATA: string;
}): Promise<Secret> {
  if (env.DAY2_AUTH_SECRET) return { value: env.DAY2_AUTH_SECRET, from: 'DAY2_AUTH_SECRET' };
  const file = path.join(env.DAY2_DATA, 'auth-secret');
  return { value: await readOrMake(env.DAY2_DATA, file), from: file };
}

/** Made when it is first asked for; mode 600. */
async function readOrMake(data: string, file: string): Promise<string> {
  const kept = await readOptional(file);
  if (kept) return kept;
  await mkdir(data, { recursive: true });
  const made = `${file}.${process.pid}`;
  await writeFile(made, randomBytes(32).toString('base64url'), { mode: 0o600 });
  // Of two servers that start at once, the later one takes what the first wrote.
  await link(made, file).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
  await unlink(made);
  return readFile(file, 'utf8');
}

async function readOptional(file: string): Promise<string | null> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}
