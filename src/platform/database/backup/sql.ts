import { escapeIdentifier, type ClientBase } from 'pg';
import { migrationTable } from '../migrate.ts';
import type { BackupHeader } from './format.ts';
import type { BackupTable } from './tables.ts';

/** A table's name with its columns, quoted: `"audit_log" ("id", "at")`. */
export function targetOf({ name, columns }: BackupTable): string {
  return `${escapeIdentifier(name)} (${columnsOf(columns)})`;
}

/** Names in quotes with commas between them. */
export function columnsOf(columns: readonly string[]): string {
  return columns.map((column) => escapeIdentifier(column)).join(', ');
}

/** What the database's schema is made of, oldest first. */
export async function readSchemaVersion(client: ClientBase): Promise<BackupHeader['migrations']> {
  const { rows } = await client.query<{ name: string; hash: string }>(
    `SELECT name, hash FROM ${migrationTable} ORDER BY name`,
  );
  return rows;
}
