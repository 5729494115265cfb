import { date, integer, pgTable, primaryKey, text, timestamp } from 'drizzle-orm/pg-core';
import { user } from '#accounts/tables.ts';

const account = () =>
  text()
    .notNull()
    .references(() => user.id, { onDelete: 'cascade' });

const moment = (name: string) => timestamp(name, { withTimezone: true });

// What the log of progress entries amounts to. A trigger of that table sums up anew whatever new entries
// touch, so no row here is ever older than the log, in whatever order devices tell what they did.

/** Where a person stands with a lab that they checked at least once. */
export const labStanding = pgTable(
  'lab_standing',
  {
    account: account(),
    lab: text().notNull(),
    /** The first pass; null without one. */
    passedAt: moment('passed_at'),
    /** Check at which the newest attempt failed; null where none did. */
    failedCheck: text('failed_check'),
    /** Attempts in a row, up to the newest, that ended there. */
    attempts: integer().notNull(),
    /** The first of them. */
    since: moment('since').notNull(),
    /** The newest of them. */
    last: moment('last').notNull(),
  },
  (table) => [primaryKey({ columns: [table.account, table.lab] })],
);

/** Whether a person has read a lesson that they marked at least once. */
export const lessonStanding = pgTable(
  'lesson_standing',
  {
    account: account(),
    lesson: text().notNull(),
    /** The newest mark; null where they took it back since. */
    readAt: moment('read_at'),
  },
  (table) => [primaryKey({ columns: [table.account, table.lesson] })],
);

/** Weeks, by their Monday in UTC, in which a person read or checked something. */
export const activeWeek = pgTable(
  'active_week',
  { account: account(), week: date().notNull() },
  (table) => [primaryKey({ columns: [table.account, table.week] })],
);
