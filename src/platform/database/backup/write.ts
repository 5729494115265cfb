import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type { Pool, PoolClient } from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { escapeIdentifier } from 'pg';
import { END_OF_ROWS, type BackupHeader, type RowCounts } from './format.ts';
import type { Progress } from './progress.ts';
import { columnsOf, readSchemaVersion } from './sql.ts';
import { listTables, type BackupTable } from './tables.ts';

/**
 * Writes every row of one moment into a gzipped file (mode 600), and resolves to the rows by table.
 * Others go on reading and writing meanwhile. A file that exists is left alone, and a run that fails
 * leaves none.
 */
export async function writeBackup(
  pool: Pool,
  file: string,
  progress: Progress,
): Promise<RowCounts> {
  const client = await pool.connect();
  const partial = `${file}.partial`;
  const rows: Record<string, number> = {};
  try {
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    const target = createWriteStream(partial, { flags: 'wx', mode: 0o600, flush: true });
    await pipeline(Readable.from(writeAll(client, rows, progress)), createGzip(), target);
    await rename(partial, file);
    await client.query('COMMIT');
    client.release();
    return rows;
  } catch (error) {
    client.release(true);
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST'))
      await rm(partial, { force: true });
    throw error;
  }
}

async function* writeAll(
  client: PoolClient,
  rows: Record<string, number>,
  progress: Progress,
): AsyncGenerator<Buffer> {
  const header: BackupHeader = {
    format: 'day-two-backup-1',
    at: new Date().toISOString(),
    migrations: await readSchemaVersion(client),
  };
  yield line(header);
  for (const table of await listTables(client)) {
    yield line({ table: table.name, columns: table.columns });
    rows[table.name] = 0;
    for await (const chunk of copyRows(client, table)) {
      rows[table.name] = (rows[table.name] ?? 0) + countLines(chunk);
      progress(table.name, rows[table.name] ?? 0);
      yield chunk;
    }
    yield Buffer.from(`${END_OF_ROWS}\n`);
  }
  yield line({ rows, sequences: await readSequences(client) });
}

function copyRows(client: PoolClient, { name, columns }: BackupTable): AsyncIterable<Buffer> {
  const select = `SELECT ${columnsOf(columns)} FROM ${escapeIdentifier(name)}`;
  return client.query(copyTo(`COPY (${select}) TO STDOUT`));
}

async function readSequences(client: PoolClient): Promise<Record<string, string>> {
  const { rows } = await client.query<{ name: string; last: string }>(
    `SELECT sequencename AS name, last_value::text AS last FROM pg_sequences
     WHERE schemaname = 'public' AND last_value IS NOT NULL ORDER BY sequencename`,
  );
  return Object.fromEntries(rows.map(({ name, last }) => [name, last]));
}

/** The text format writes a line feed within a value as `\n`. */
function countLines(chunk: Buffer): number {
  let lines = 0;
  for (let at = chunk.indexOf(10); at !== -1; at = chunk.indexOf(10, at + 1)) lines++;
  return lines;
}

function line(value: object): Buffer {
  return Buffer.from(`${JSON.stringify(value)}\n`);
}
