import { createHash } from 'node:crypto';
import { statSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

const inputs = [
  'src',
  'content',
  'labs',
  'models',
  'public',
  'astro.config.ts',
  'package-lock.json',
  'svelte.config.js',
  'tsconfig.json',
];

/** SHA-256 (hex) over the names and bytes of everything that goes into the built site. */
export async function hashInputs(root = '.'): Promise<string> {
  const hash = createHash('sha256');
  for (const input of inputs) {
    for (const file of await listFiles(path.join(root, input))) {
      hash
        .update(path.relative(root, file))
        .update('\0')
        .update(await readFile(file));
    }
  }
  return hash.digest('hex');
}

/**
 * SHA-256 (hex) over the names, sizes and times of the same files. While it is the same nothing was
 * changed, and their bytes need not be read; another one says nothing, as after a fresh checkout.
 */
export async function hashInputTimes(root = '.'): Promise<string> {
  const hash = createHash('sha256');
  for (const input of inputs) {
    for (const file of await listFiles(path.join(root, input))) {
      const { size, mtimeMs, ctimeMs } = statSync(file);
      hash.update(`${path.relative(root, file)}\0${size}\0${mtimeMs}\0${ctimeMs}\0`);
    }
  }
  return hash.digest('hex');
}

async function listFiles(place: string): Promise<string[]> {
  const entries = await readdir(place, { withFileTypes: true, recursive: true }).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOTDIR') return null;
      if (error.code === 'ENOENT') return [];
      throw error;
    },
  );
  if (entries === null) return [place];
  return (
    entries
      // What tests it is no part of it.
      .filter((entry) => entry.isFile() && !entry.name.endsWith('.test.ts'))
      .map((entry) => path.join(entry.parentPath, entry.name))
      .sort()
  );
}
