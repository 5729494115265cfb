import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  check,
  index,
  jsonb,
  pgTable,
  text,
  timestamp,
} from 'drizzle-orm/pg-core';

/** Who did what to whom, and when. A trigger refuses to change or delete a row. */
export const auditLog = pgTable(
  'audit_log',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    at: timestamp({ withTimezone: true }).notNull().defaultNow(),
    /** Id of the person, or the name of the part of the program that acted. */
    actor: text().notNull(),
    /** A verb in the past tense, for example `role granted`. */
    action: text().notNull(),
    subject: text().notNull(),
    details: jsonb().notNull().default({}),
    /** Whose admins may read it; null: nobody's. Of the details, so that it also holds for rows older than this column. */
    organisation: text().generatedAlwaysAs(sql`details ->> 'organisation'`),
  },
  (table) => [
    index().on(table.at),
    index().on(table.subject, table.at),
    index().on(table.organisation, table.id),
  ],
);

/** By which secret the servers of this database sign: at most one row. Backups leave it out. */
export const signingSecret = pgTable(
  'signing_secret',
  {
    isOnly: boolean('is_only').primaryKey().default(true),
    /** Tells whether two servers have the same secret, not which. */
    fingerprint: text().notNull(),
    notedAt: timestamp('noted_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [check('signing_secret_is_only', table.isOnly.getSQL())],
);
