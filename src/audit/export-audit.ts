import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { stringify } from 'csv-stringify/sync';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import { writeAudit } from '#platform/audit.ts';
import type { AuditFilters } from './filters.ts';
import { readAll, type AuditLine } from './read-audit.ts';

const columns = ['id', 'at', 'what', 'actor', 'action', 'subject', 'details'] as const;

/**
 * The rows that the filters let through as CSV, newest first, written as they are read. That somebody
 * exported them is the first row that the next reader finds.
 */
export async function exportAudit(
  db: NodePgDatabase,
  { organisation, by, filters }: { organisation: string; by: string; filters: AuditFilters },
): Promise<ReadableStream<Uint8Array>> {
  await writeAudit(db, {
    actor: by,
    action: 'audit log exported',
    subject: `organisation:${organisation}`,
    details: { organisation, filters },
  });
  return Readable.toWeb(Readable.from(writeCsv(readAll(db, organisation, filters))));
}

async function* writeCsv(
  batches: AsyncGenerator<readonly AuditLine[]>,
): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  yield encoder.encode(`${columns.join(',')}\r\n`);
  for await (const lines of batches) yield encoder.encode(toCsv(lines));
}

/** A spreadsheet runs what begins like a formula: names and reasons are people's own, so each such cell gets a quote in front. */
function toCsv(lines: readonly AuditLine[]): string {
  const rows = lines.map(({ id, at, sentence, actor, action, subject, details }) => [
    id,
    at.toISOString(),
    sentence,
    actor,
    action,
    subject,
    JSON.stringify(details),
  ]);
  return stringify(rows, { escape_formulas: true, record_delimiter: 'windows' });
}
