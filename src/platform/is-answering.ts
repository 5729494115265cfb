import { sql } from 'drizzle-orm';
import type { Queries } from './audit.ts';

/** Whether the database answers: tells whether a failure was its, of which what it says has many shapes. */
export function isAnswering(db: Queries): Promise<boolean> {
  return db.execute(sql`SELECT 1`).then(
    () => true,
    () => false,
  );
}
