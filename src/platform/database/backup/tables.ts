import type { ClientBase } from 'pg';
import { getTableName } from 'drizzle-orm';
import { signingSecret } from '#platform/tables.ts';
import { migrationTable } from '../migrate.ts';

/** A table whose rows a backup holds. */
export interface BackupTable {
  readonly name: string;
  /** Without those that PostgreSQL computes. */
  readonly columns: readonly string[];
}

/** About a place, not about what is in it: a restore brings neither to another one. */
const ofThePlace = [migrationTable, getTableName(signingSecret)];

/** Every table of the schema public that is about what people did, each after those that it refers to. */
export async function listTables(client: ClientBase): Promise<BackupTable[]> {
  const { rows: tables } = await client.query<BackupTable>(
    `SELECT c.relname AS name, array_agg(a.attname::text ORDER BY a.attnum) AS columns
     FROM pg_class c
     JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0
       AND NOT a.attisdropped AND a.attgenerated = ''
     WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
       AND NOT c.relispartition AND c.relname <> ALL ($1)
     GROUP BY c.relname ORDER BY c.relname`,
    [ofThePlace],
  );
  const { rows: references } = await client.query<Reference>(
    `SELECT source.relname AS source, target.relname AS target
     FROM pg_constraint k
     JOIN pg_class source ON source.oid = k.conrelid
     JOIN pg_class target ON target.oid = k.confrelid
     WHERE k.contype = 'f' AND source.oid <> target.oid
       AND source.relnamespace = 'public'::regnamespace`,
  );
  return sortByReference(tables, references);
}

interface Reference {
  readonly source: string;
  readonly target: string;
}

function sortByReference(tables: readonly BackupTable[], references: readonly Reference[]) {
  const sorted: BackupTable[] = [];
  let rest = [...tables];
  while (rest.length > 0) {
    const waiting = new Set(rest.map(({ name }) => name));
    const isFree = ({ name }: BackupTable) =>
      !references.some(({ source, target }) => source === name && waiting.has(target));
    const free = rest.filter(isFree);
    if (free.length === 0) {
      throw new Error(
        `These tables refer to each other in a circle, so no order restores them: ${[...waiting].join(', ')}. Repair: make one of the references nullable and leave it to a later update.`,
      );
    }
    sorted.push(...free);
    rest = rest.filter((table) => !free.includes(table));
  }
  return sorted;
}
