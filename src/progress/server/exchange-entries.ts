import { eq, sql } from 'drizzle-orm';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import { makeStorable } from '#platform/make-storable.ts';
import {
  exchangeAnswerSchema,
  exchangeLimit,
  type ExchangeAnswer,
  type ExchangeRequest,
} from '../sync/exchange.ts';
import { progressEntries } from './tables.ts';

/** About how much an answer holds. */
const pageBytes = 4 * 1024 * 1024;

type Transaction = Parameters<Parameters<NodePgDatabase['transaction']>[0]>[0];

/**
 * Adds what the account does not have yet and answers what its other devices added after the cursor.
 * Once it resolves, all of it is on the disk. Repeating a request changes nothing.
 */
export function exchangeEntries(
  db: NodePgDatabase,
  account: string,
  request: ExchangeRequest,
): Promise<ExchangeAnswer> {
  return db.transaction(async (transaction) => {
    // One exchange of an account at a time: otherwise a number could become visible after a higher one was read.
    await transaction.execute(sql`SELECT pg_advisory_xact_lock(hashtextextended(${account}, 0))`);
    await add(transaction, account, request);
    return readAfter(transaction, account, request);
  });
}

async function add(
  transaction: Transaction,
  account: string,
  { device, events, labFiles }: ExchangeRequest,
): Promise<void> {
  const entries = [
    ...events.map((content) => ({ kind: 'event' as const, id: content.id, content })),
    ...labFiles.map((content) => ({ kind: 'lab-file' as const, id: content.revision, content })),
  ];
  if (entries.length === 0) return;
  const rows = entries.map(({ kind, id, content }) => ({
    account,
    id,
    kind,
    pushedBy: device,
    content: makeStorable(content),
  }));
  await transaction.insert(progressEntries).values(rows).onConflictDoNothing();
}

interface Row extends Record<string, unknown> {
  seq: string;
  kind: 'event' | 'lab-file';
  content: unknown;
  found: string;
}

async function readAfter(
  transaction: Transaction,
  account: string,
  { device, cursor }: ExchangeRequest,
): Promise<ExchangeAnswer> {
  // A page ends before the entry that would come after so many bytes; its first one is there however large it is.
  const { rows } = await transaction.execute<Row>(sql`
    WITH found AS (
      SELECT seq, kind, content FROM ${progressEntries}
      WHERE account = ${account} AND seq > ${cursor} AND pushed_by <> ${device}
      ORDER BY seq LIMIT ${exchangeLimit + 1}
    ), sized AS (
      SELECT *, count(*) OVER () AS found, row_number() OVER (ORDER BY seq) AS place,
        sum(octet_length(content::text)) OVER (
          ORDER BY seq ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS before
      FROM found
    )
    SELECT seq, kind, content, found FROM sized
    WHERE coalesce(before, 0) < ${pageBytes} AND place <= ${exchangeLimit}
    ORDER BY seq`);
  const hasMore = rows.length < Number(rows[0]?.found ?? 0);
  const [newest] = await transaction
    .select({ seq: sql<string | null>`max(${progressEntries.seq})` })
    .from(progressEntries)
    .where(eq(progressEntries.account, account));
  const contentOf = (wanted: Row['kind']) =>
    rows.filter(({ kind }) => kind === wanted).map(({ content }) => content);
  return exchangeAnswerSchema.parse({
    cursor: hasMore ? Number(rows.at(-1)!.seq) : Math.max(cursor, Number(newest?.seq ?? 0)),
    hasMore,
    events: contentOf('event'),
    labFiles: contentOf('lab-file'),
  });
}
