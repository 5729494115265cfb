import { sql } from 'drizzle-orm';
import {
  check,
  index,
  integer,
  jsonb,
  pgTable,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import type { Statement } from '@xapi/xapi';
import { organization, user } from '#accounts/tables.ts';

const moment = (name: string) => timestamp(name, { withTimezone: true });

/** That an organisation sends what its people do to the learning record store. No row: it does not. */
export const recordKeeping = pgTable(
  'record_keeping',
  {
    organizationId: text('organization_id')
      .primaryKey()
      .references(() => organization.id, { onDelete: 'cascade' }),
    /** What names a person in a statement. */
    actor: text({ enum: ['account', 'mail'] }).notNull(),
    /** Id of the admin; null where the account was deleted. */
    startedBy: text('started_by').references(() => user.id, { onDelete: 'set null' }),
    /** What the server learned earlier is not sent. */
    startedAt: moment('started_at').notNull().defaultNow(),
    /** All that the server learned until then has become statements. */
    coveredUntil: moment('covered_until').notNull().defaultNow(),
  },
  (table) => [check('record_keeping_actor', sql`${table.actor} IN ('account', 'mail')`)],
);

/** A statement on its way to the learning record store, or what came of it. */
export const recordStatement = pgTable(
  'record_statement',
  {
    /** Of the statement. The same deed has the same id, however often it is read. */
    id: uuid().primaryKey(),
    organizationId: text('organization_id')
      .notNull()
      .references(() => organization.id, { onDelete: 'cascade' }),
    /** Whom it is about; with the account the statement goes, but not from the store. */
    userId: text('user_id')
      .notNull()
      .references(() => user.id, { onDelete: 'cascade' }),
    /** The deed that it says. */
    source: text().notNull(),
    statement: jsonb().$type<Statement>().notNull(),
    attempts: integer().notNull().default(0),
    /** Not to be sent before; a node that sends it moves this on, so that another may when it died. */
    nextAt: moment('next_at').notNull().defaultNow(),
    /** Null while it waits. */
    outcome: text({ enum: ['sent', 'conflict', 'refused', 'given-up'] }),
    settledAt: moment('settled_at'),
    /** What the store said last, where it did not take it. */
    fault: text(),
  },
  (table) => [
    uniqueIndex().on(table.organizationId, table.source),
    index('record_statement_waiting')
      .on(table.nextAt)
      .where(sql`${table.outcome} IS NULL`),
  ],
);
