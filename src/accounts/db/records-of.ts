import { sql } from 'drizzle-orm';
import type { Queries } from '#platform/audit.ts';

/** Tables of which an export tells in words of its own, or whose rows are nothing but secrets. */
const toldElsewhere: ReadonlySet<string> = new Set([
  'session',
  'account',
  'passkey',
  'member',
  'submission',
]);

/** Columns that would let a reader of the export act for the person. */
const secret = /token|secret|password|hash/;
const secretColumns: ReadonlySet<string> = new Set(['calendar_feed.id']);

interface Owner extends Record<string, unknown> {
  table: string;
  column: string;
}

/**
 * The rows of every table that are deleted together with a person, by table, without secrets. The tables
 * are read from the database itself, so that a new one cannot be forgotten.
 */
export async function readRecordsOf(
  db: Queries,
  person: string,
): Promise<Readonly<Record<string, readonly object[]>>> {
  const { rows: owners } = await db.execute<Owner>(sql`
    SELECT source.relname AS "table", attribute.attname AS "column"
    FROM pg_constraint
    JOIN pg_class source ON source.oid = conrelid
    JOIN pg_namespace space ON space.oid = source.relnamespace AND space.nspname = 'public'
    JOIN pg_attribute attribute ON attrelid = conrelid AND attnum = conkey[1]
    WHERE contype = 'f' AND confrelid = 'public."user"'::regclass AND confdeltype = 'c'
    ORDER BY 1, 2`);
  const records: Record<string, object[]> = {};
  for (const { table, column } of owners) {
    if (toldElsewhere.has(table)) continue;
    const { rows } = await db.execute<{ row: object }>(
      sql`SELECT to_jsonb(found) AS row FROM ${sql.identifier(table)} found WHERE ${sql.identifier(column)} = ${person}`,
    );
    (records[table] ??= []).push(...rows.map(({ row }) => withoutSecrets(table, row)));
  }
  return records;
}

function withoutSecrets(table: string, row: object): object {
  return Object.fromEntries(
    Object.entries(row).filter(
      ([column]) => !secret.test(column) && !secretColumns.has(`${table}.${column}`),
    ),
  );
}
