import { and, desc, eq, lt, or, sql } from 'drizzle-orm';
import type { Queries } from '#platform/audit.ts';
import { auditLog } from '#platform/tables.ts';
import type { AuditFilters } from '../filters.ts';

/** A row of the audit log. */
export interface AuditRow {
  readonly id: number;
  readonly at: Date;
  readonly actor: string;
  readonly action: string;
  readonly subject: string;
  readonly details: Readonly<Record<string, unknown>>;
}

const { id, at, actor, action, subject, details, organisation } = auditLog;

/** Rows of one organisation, newest first, older than a row. */
export async function listRows(
  db: Queries,
  place: string,
  filters: AuditFilters,
  { before, limit }: { before: number | null; limit: number },
): Promise<AuditRow[]> {
  const { person, from, to } = filters;
  const rows = await db
    .select({ id, at, actor, action, subject, details })
    .from(auditLog)
    .where(
      and(
        eq(organisation, place),
        before === null ? undefined : lt(id, before),
        filters.action === '' ? undefined : eq(action, filters.action),
        person === '' ? undefined : concerns(person),
        from === '' ? undefined : sql`${at} >= ${from}::date::timestamp AT TIME ZONE 'UTC'`,
        to === '' ? undefined : sql`${at} < (${to}::date + 1)::timestamp AT TIME ZONE 'UTC'`,
      ),
    )
    .orderBy(desc(id))
    .limit(limit);
  return rows.map((row) => ({ ...row, details: row.details as AuditRow['details'] }));
}

/** The actions that an organisation's rows have, by name. */
export async function listActions(db: Queries, place: string): Promise<string[]> {
  const rows = await db
    .selectDistinct({ action })
    .from(auditLog)
    .where(eq(organisation, place))
    .orderBy(action);
  return rows.map((row) => row.action);
}

function concerns(person: string) {
  return or(
    eq(actor, person),
    eq(subject, `user:${person}`),
    sql`${details} ->> 'person' = ${person}`,
    sql`${details} -> 'people' ? ${person}`,
  );
}
