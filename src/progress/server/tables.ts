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
    // PostgreSQL computes the rest, so that a team is summed up without unpacking long verdicts. What a
    // device wrote is cut: an index takes no long values.
    /** Kind of the event; null for a lab file. */
    event: text().generatedAlwaysAs(sql`CASE WHEN kind = 'event' THEN content->>'kind' END`),
    /** The lab or lesson that the event is about. */
    subject: text().generatedAlwaysAs(
      sql`left(coalesce(content->'payload'->>'lab', content->'payload'->>'lesson'), 100)`,
    ),
    /** Of a verdict `pass` or `fail`, null where the run did not complete. */
    outcome: text().generatedAlwaysAs(sql`left(content->'payload'->>'result', 10)`),
    /** Of a verdict the check at which it failed. */
    failedCheck: text('failed_check').generatedAlwaysAs(
      sql`left(jsonb_path_query_first(content, '$.payload.checks[*] ? (@.status == "fail").id') #>> '{}', 100)`,
    ),
    /** By the clock of the device; null where that clock is wild. */
    happened: text().generatedAlwaysAs(
      sql`CASE WHEN content->>'at' ~ '^[12][0-9]{3}-' THEN left(content->>'at', 40) END`,
    ),
  },
  (table) => [
    primaryKey({ columns: [table.account, table.id] }),
    index().on(table.account, table.seq),
    // Holds all that the sums read, so that they never touch the table.
    index('progress_entries_deeds')
      .on(
        table.account,
        table.event,
        table.subject,
        table.outcome,
        table.failedCheck,
        table.happened,
        table.receivedAt,
      )
      .where(sql`event IN ('verdict', 'lesson-read', 'lesson-unread')`),
    index('progress_entries_received').using('brin', table.receivedAt),
    check('progress_entries_kind', sql`${table.kind} IN ('event', 'lab-file')`),
  ],
);
