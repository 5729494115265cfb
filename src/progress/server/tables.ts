import { sql } from 'drizzle-orm';
import {
  bigint,
  check,
  index,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uuid,
} from 'drizzle-orm/pg-core';
import { user } from '#accounts/tables.ts';

/** What the devices of a person told the server, in the order in which it came; rows are only ever added. */
export const progressEntries = pgTable(
  'progress_entries',
  {
    account: text()
      .notNull()
      .references(() => user.id, { onDelete: 'cascade' }),
    /** Of an event its id, of a lab file its revision: what comes again is known by it. */
    id: uuid().notNull(),
    /** Grows with each entry of an account. Other accounts' entries leave gaps. */
    seq: bigint({ mode: 'number' }).notNull().generatedByDefaultAsIdentity(),
    /** The device that told it, which need not be the one that wrote it. */
    pushedBy: uuid('pushed_by').notNull(),
    kind: text({ enum: ['event', 'lab-file'] }).notNull(),
    content: jsonb().notNull(),
    receivedAt: timestamp('received_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.account, table.id] }),
    index().on(table.account, table.seq),
    check('progress_entries_kind', sql`${table.kind} IN ('event', 'lab-file')`),
  ],
);
