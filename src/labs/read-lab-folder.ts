import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { labSchema, type LabDefinition } from './definition.ts';
import type { LabFiles } from './files.ts';

/** A lab as it lies on the disk of a server. */
export interface LabFolder {
  readonly definition: LabDefinition;
  /** The whole set of files that a learner begins with. */
  readonly start: LabFiles;
  /** The whole set of files of the published solution. */
  readonly solution: LabFiles;
}

/** The lab of that id under `root`, or null where there is none. An id that is no name of a lab names none. */
export async function readLabFolder(id: string, root = 'labs'): Promise<LabFolder | null> {
  if (!/^[a-z0-9-]+$/.test(id)) return null;
  const folder = path.join(root, id);
  const text = await readFile(path.join(folder, 'lab.json'), 'utf8').catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return null;
      throw error;
    },
  );
  if (text === null) return null;
  const start = await readFolderFiles(path.join(folder, 'start'));
  const changed = await readFolderFiles(path.join(folder, 'solution'));
  return {
    definition: labSchema.parse(JSON.parse(text)),
    start,
    solution: { ...start, ...changed },
  };
}

/** Every file under a folder by its path from there. */
export async function readFolderFiles(folder: string): Promise<Record<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const texts = files.map(async ({ parentPath, name }) => {
    const place = path.join(parentPath, name);
    return [path.relative(folder, place), await readFile(place, 'utf8')] as const;
  });
  return Object.fromEntries(await Promise.all(texts));
}
