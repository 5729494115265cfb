import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { escapeIdentifier, type Pool, type PoolClient } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { z } from 'zod';
import { DatabaseProblem, messageOf } from '../problem.ts';
import { END_OF_ROWS, endSchema, headerSchema, tableSchema, type RowCounts } from './format.ts';
import { splitLines } from './lines.ts';
import type { Progress } from './progress.ts';
import { readSchemaVersion, targetOf } from './sql.ts';
import { listTables, type BackupTable } from './tables.ts';

export interface RestoreOptions {
  readonly file: string;
  /** Deletes the rows that are there; without it a database that has any is refused. */
  readonly isReplacing: boolean;
  readonly progress: Progress;
}

const BATCH_BYTES = 65_536;

/** Brings the rows of a backup into a database of the same schema version, all of them or none, and resolves to the rows by table. */
export async function restoreBackup(pool: Pool, options: RestoreOptions): Promise<RowCounts> {
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    // Triggers that write audit rows of their own keep still: the backup has those rows.
    await client.query("SET LOCAL day2.restoring = 'on'");
    const rows = await restoreRows(client, options);
    await client.query('COMMIT');
    client.release();
    return rows;
  } catch (error) {
    client.release(true);
    throw error;
  }
}

async function restoreRows(client: PoolClient, options: RestoreOptions): Promise<RowCounts> {
  const { file, progress } = options;
  const lines = splitLines(unzip(file));
  const header = parseLine(headerSchema, await nextLine(lines, file), file);
  requireSameSchema(header.migrations, await readSchemaVersion(client), file);
  const tables = await listTables(client);
  await makeRoom(client, tables, options.isReplacing);
  const rows: Record<string, number> = {};
  for (;;) {
    const marker = parseLine(z.union([tableSchema, endSchema]), await nextLine(lines, file), file);
    if ('rows' in marker) {
      requireSameCounts(marker.rows, rows, file);
      await setSequences(client, marker.sequences);
      return rows;
    }
    const table = { name: marker.table, columns: marker.columns };
    rows[table.name] = await copyTable(client, table, lines, { file, progress });
  }
}

async function* unzip(file: string): AsyncGenerator<Buffer> {
  const unzipped = createReadStream(file)
    .on('error', (error) => unzipped.destroy(error))
    .pipe(createGunzip());
  try {
    yield* unzipped;
  } catch (error) {
    throw unreadable(file, messageOf(error));
  }
}

async function copyTable(
  client: PoolClient,
  table: BackupTable,
  lines: AsyncGenerator<Buffer>,
  { file, progress }: { file: string; progress: Progress },
): Promise<number> {
  let rows = 0;
  const sink = client.query(copyFrom(`COPY ${targetOf(table)} FROM STDIN`));
  await pipeline(Readable.from(readRows()), sink);
  return rows;

  async function* readRows(): AsyncGenerator<Buffer> {
    let batch: Buffer[] = [];
    let bytes = 0;
    for (;;) {
      const line = await nextLine(lines, file);
      if (line.length === END_OF_ROWS.length && line.toString() === END_OF_ROWS) break;
      batch.push(line, LINE_FEED);
      bytes += line.length + 1;
      rows++;
      if (bytes < BATCH_BYTES) continue;
      yield Buffer.concat(batch);
      progress(table.name, rows);
      batch = [];
      bytes = 0;
    }
    if (bytes > 0) yield Buffer.concat(batch);
  }
}

const LINE_FEED = Buffer.from('\n');

async function makeRoom(client: PoolClient, tables: readonly BackupTable[], isReplacing: boolean) {
  const names = tables.map(({ name }) => escapeIdentifier(name));
  if (isReplacing) {
    await client.query(`TRUNCATE ${names.join(', ')}`);
    return;
  }
  for (const [index, { name }] of tables.entries()) {
    const { rowCount } = await client.query(`SELECT 1 FROM ${names[index]} LIMIT 1`);
    if (!rowCount) continue;
    throw new DatabaseProblem('lasting', {
      found: `The database is not empty: ${name} has rows.`,
      where: `table ${name}`,
      repair:
        'restore into an empty database (another DAY2_DATA or DATABASE_URL), or add --replace, which deletes every row that is there now.',
    });
  }
}

function requireSameSchema(
  found: readonly { name: string; hash: string }[],
  wanted: readonly { name: string; hash: string }[],
  file: string,
): void {
  const names = (migrations: readonly { name: string; hash: string }[]) =>
    migrations.map(({ name, hash }) => `${name} ${hash}`).join(', ');
  if (names(found) === names(wanted)) return;
  const last = (migrations: readonly { name: string }[]) => migrations.at(-1)?.name ?? 'none';
  throw new DatabaseProblem('lasting', {
    found: `The backup holds schema version ${last(found)} (${found.length} migrations), and this release has ${last(wanted)} (${wanted.length}).`,
    where: file,
    repair:
      'restore it with the release that wrote it; start the newer release afterwards, it migrates by itself.',
  });
}

function requireSameCounts(written: RowCounts, restored: RowCounts, file: string): void {
  for (const table of new Set([...Object.keys(written), ...Object.keys(restored)])) {
    if (written[table] === restored[table]) continue;
    throw unreadable(
      file,
      `of ${table} it says ${written[table] ?? 0} rows and holds ${restored[table] ?? 0}`,
    );
  }
}

async function setSequences(client: PoolClient, sequences: Readonly<Record<string, string>>) {
  for (const [name, last] of Object.entries(sequences)) {
    await client.query('SELECT setval($1::regclass, $2::bigint)', [
      `public.${escapeIdentifier(name)}`,
      last,
    ]);
  }
}

async function nextLine(lines: AsyncGenerator<Buffer>, file: string): Promise<Buffer> {
  const { done, value } = await lines.next();
  if (done) throw unreadable(file, 'it ends too early');
  return value;
}

function parseLine<T>(schema: z.ZodType<T>, line: Buffer, file: string): T {
  try {
    return schema.parse(JSON.parse(line.toString()));
  } catch (error) {
    throw unreadable(file, `a line is not what a backup has: ${messageOf(error)}`);
  }
}

function unreadable(file: string, reason: string): DatabaseProblem {
  return new DatabaseProblem('lasting', {
    found: `The backup cannot be read: ${reason}. Nothing was restored.`,
    where: file,
    repair: 'take another copy of the file, or an older backup.',
  });
}
