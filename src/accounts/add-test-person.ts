import { randomUUID } from 'node:crypto';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import { user } from './tables.ts';

/** Makes somebody of no organisation in a database of a test, with an account of long ago; resolves to their id. */
export async function addTestPerson(db: NodePgDatabase, name = 'Ada'): Promise<string> {
  const id = randomUUID();
  const createdAt = new Date('2026-01-01');
  await db.insert(user).values({ id, name, email: `${id}@example.org`, createdAt });
  return id;
}
