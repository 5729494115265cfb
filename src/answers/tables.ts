import { bigint, boolean, index, jsonb, pgTable, text, timestamp } from 'drizzle-orm/pg-core';
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
    answeredAt: timestamp('answered_at', { withTimezone: true }).notNull(),
  },
  (table) => [index().on(table.account, table.lesson, table.checkId)],
);
