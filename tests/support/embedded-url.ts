import { readFile } from 'node:fs/promises';
import path from 'node:path';

/** The embedded PostgreSQL of a data folder as a DATABASE_URL, once it has started. */
export async function embeddedUrl(data: string): Promise<string> {
  const password = await readFile(path.join(data, 'postgres', 'day2-password'), 'utf8');
  const host = path.resolve(data, 'run');
  return `postgres://day2:${encodeURIComponent(password)}@localhost/postgres?host=${host}`;
}
