import {
  bigint,
  boolean,
  index,
  jsonb,
  pgTable,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { user } from '#accounts/tables.ts';

/** A try at a check that counts, written by the server that graded it; rows are only ever added. */
export const gradedAnswer = pgTable(
  'graded_answer',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    account: text()
      .notNull()
      .references(() => user.id, { onDelete: 'cascade' }),
    /** `<course>/<lesson>`. */
    lesson: text().notNull(),
    /** Within its lesson. */
    checkId: text('check_id').notNull(),
    /** Numbers of options as authored, from 0, or the number that was written. */
    answer: jsonb().$type<number | readonly number[]>().notNull(),
    correct: boolean().notNull(),
    /** Deadlines look at it: as the device says it where the try waited for the server, within bounds. */
    answeredAt: timestamp('answered_at', { withTimezone: true }).notNull(),
    /** By the server's clock; pauses look at it. */
    gradedAt: timestamp('graded_at', { withTimezone: true }).notNull().defaultNow(),
    /** Made by the page; sent again it is the same try. */
    tryId: uuid('try_id').notNull().defaultRandom(),
  },
  (table) => [
    index().on(table.account, table.lesson, table.checkId),
    uniqueIndex().on(table.account, table.tryId),
  ],
);
