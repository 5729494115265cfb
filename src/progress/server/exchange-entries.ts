import { and, asc, eq, gt, ne, sql } from 'drizzle-orm';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import {
  exchangeAnswerSchema,
  exchangeLimit,
  type ExchangeAnswer,
  type ExchangeRequest,
} from '../sync/exchange.ts';
import { makeStorable } from './storable.ts';
import { progressEntries } from './tables.ts';

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

async function readAfter(
  transaction: Transaction,
  account: string,
  { device, cursor }: ExchangeRequest,
): Promise<ExchangeAnswer> {
  const { seq, kind, content, pushedBy } = progressEntries;
  const isOfAccount = eq(progressEntries.account, account);
  const rows = await transaction
    .select({ seq, kind, content })
    .from(progressEntries)
    .where(and(isOfAccount, gt(seq, cursor), ne(pushedBy, device)))
    .orderBy(asc(seq))
    .limit(exchangeLimit + 1);
  const hasMore = rows.length > exchangeLimit;
  const page = rows.slice(0, exchangeLimit);
  const [newest] = await transaction
    .select({ seq: sql<string | null>`max(${seq})` })
    .from(progressEntries)
    .where(isOfAccount);
  const contentOf = (wanted: 'event' | 'lab-file') =>
    page.filter((row) => row.kind === wanted).map((row) => row.content);
  return exchangeAnswerSchema.parse({
    cursor: hasMore ? page.at(-1)!.seq : Math.max(cursor, Number(newest?.seq ?? 0)),
    hasMore,
    events: contentOf('event'),
    labFiles: contentOf('lab-file'),
  });
}
