import { sql } from 'drizzle-orm';
import type { Queries } from '#platform/audit.ts';

/**
 * Writes down what a person changed of their own account: a row for each organisation that they belong
 * to, so that its admins read it. The database's function does the same for what better-auth changes.
 */
export async function auditPerson(tx: Queries, person: string, action: string): Promise<void> {
  await tx.execute(sql`SELECT audit_person(${person}, ${action})`);
}
