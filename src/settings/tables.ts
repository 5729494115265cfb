import { bigint, index, jsonb, pgTable, text, timestamp } from 'drizzle-orm/pg-core';
import { organization, user } from '#accounts/tables.ts';

/** What an admin chose for an organisation. Rows are only added: the newest of a name counts. */
export const organisationSetting = pgTable(
  'organisation_setting',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    organizationId: text('organization_id')
      .notNull()
      .references(() => organization.id, { onDelete: 'cascade' }),
    name: text().notNull(),
    value: jsonb().notNull(),
    /** Null where the account was deleted. */
    setBy: text('set_by').references(() => user.id, { onDelete: 'set null' }),
    setAt: timestamp('set_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [index().on(table.organizationId, table.name, table.id)],
);
