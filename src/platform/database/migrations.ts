import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

/** One SQL file. Its name orders it. */
export interface Migration {
  /** For example `0000_audit_log`. */
  readonly name: string;
  readonly file: string;
  /** SHA-256 (hex) of the text with line feeds only. */
  readonly hash: string;
  readonly statements: readonly string[];
}

/** The folder that drizzle-kit writes to. */
const migrationsFolder = path.join('src', 'platform', 'database', 'migrations');

/** Every migration of the folder, oldest first. */
export async function readMigrations(folder = migrationsFolder): Promise<Migration[]> {
  const files = (await readdir(folder)).filter((file) => file.endsWith('.sql')).sort();
  return Promise.all(files.map((file) => readMigration(path.join(folder, file))));
}

async function readMigration(file: string): Promise<Migration> {
  const text = (await readFile(file, 'utf8')).replaceAll('\r\n', '\n');
  const statements = text.split('--> statement-breakpoint').map((statement) => statement.trim());
  return {
    name: path.basename(file, '.sql'),
    file,
    hash: createHash('sha256').update(text).digest('hex'),
    statements: statements.filter((statement) => statement !== ''),
  };
}
