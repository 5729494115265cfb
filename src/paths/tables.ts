import { integer, jsonb, pgTable, primaryKey, text, timestamp } from 'drizzle-orm/pg-core';
import { organization, user } from '#accounts/tables.ts';

const moment = (name: string) => timestamp(name, { withTimezone: true });

/** A path that an organisation composed. */
export const path = pgTable('path', {
  id: text().primaryKey(),
  organizationId: text('organization_id')
    .notNull()
    .references(() => organization.id, { onDelete: 'cascade' }),
  createdBy: text('created_by').references(() => user.id, { onDelete: 'set null' }),
  createdAt: moment('created_at').notNull().defaultNow(),
  /** No longer offered; assignments go on. */
  retiredAt: moment('retired_at'),
});

/** What assignments point at. A trigger refuses to change a row. */
export const pathVersion = pgTable(
  'path_version',
  {
    /** Id of a path, or of a file in content/paths/. */
    pathId: text('path_id').notNull(),
    version: integer().notNull(),
    /** Null for one that came with Day Two. */
    organizationId: text('organization_id').references(() => organization.id, {
      onDelete: 'cascade',
    }),
    /** A PathContent of version.ts. */
    content: jsonb().notNull(),
    /** The items as they were typed; null for one that came with Day Two. */
    source: text(),
    /** Id of the person, or `day-two`. */
    publishedBy: text('published_by').notNull(),
    publishedAt: moment('published_at').notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.pathId, table.version] })],
);
