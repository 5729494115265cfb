import { randomBytes } from 'node:crypto';
import { link, mkdir, readFile, unlink, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** The secret of this data folder, made when it is first asked for; mode 600. */
export async function readSecret(data: string): Promise<string> {
  const file = path.join(data, 'auth-secret');
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
