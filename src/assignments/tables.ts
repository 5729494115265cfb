import { sql } from 'drizzle-orm';
import {
  bigint,
  check,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
} from 'drizzle-orm/pg-core';
import { organization, team, user } from '#accounts/tables.ts';
import { pathVersion } from '#paths/tables.ts';

const moment = (name: string) => timestamp(name, { withTimezone: true });
const ofUser = () =>
  text('user_id')
    .notNull()
    .references(() => user.id, { onDelete: 'cascade' });
const ofAssignment = () =>
  text('assignment_id')
    .notNull()
    .references(() => assignment.id, { onDelete: 'cascade' });

export const assignment = pgTable(
  'assignment',
  {
    id: text().primaryKey(),
    organizationId: text('organization_id')
      .notNull()
      .references(() => organization.id, { onDelete: 'cascade' }),
    pathId: text('path_id').notNull(),
    pathVersion: integer('path_version').notNull(),
    /** A sentence of the manager to those who have to do it; may be empty. */
    note: text().notNull(),
    /** `YYYY-MM-DD` or `YYYY-MM-DDTHH:mm`, as it was typed, in `zone`. */
    startsLocal: text('starts_local').notNull(),
    dueLocal: text('due_local').notNull(),
    zone: text().notNull(),
    /** Worked out of the local times when they were written. */
    startsAt: moment('starts_at').notNull(),
    dueAt: moment('due_at').notNull(),
    /** accept or close. */
    late: text().notNull(),
    /** Ids of items that may be left out besides those of the path. */
    optional: jsonb().$type<string[]>().notNull(),
    /** Grows with every change: forms and calendars notice an old one. */
    revision: integer().notNull().default(0),
    createdBy: text('created_by').references(() => user.id, { onDelete: 'set null' }),
    createdAt: moment('created_at').notNull().defaultNow(),
    updatedAt: moment('updated_at').notNull().defaultNow(),
    withdrawnAt: moment('withdrawn_at'),
    withdrawnReason: text('withdrawn_reason'),
  },
  (table) => [
    foreignKey({
      columns: [table.pathId, table.pathVersion],
      foreignColumns: [pathVersion.pathId, pathVersion.version],
    }).onDelete('cascade'),
    index().on(table.organizationId, table.dueAt),
    index().on(table.dueAt),
  ],
);

/** Whom an assignment is for: one team or one person a row. */
export const assignmentTarget = pgTable(
  'assignment_target',
  {
    assignmentId: ofAssignment(),
    teamId: text('team_id').references(() => team.id, { onDelete: 'cascade' }),
    userId: text('user_id').references(() => user.id, { onDelete: 'cascade' }),
    createdAt: moment('created_at').notNull().defaultNow(),
  },
  (table) => [
    uniqueIndex().on(table.assignmentId, table.teamId),
    uniqueIndex().on(table.assignmentId, table.userId),
    index().on(table.teamId),
    index().on(table.userId),
    check('assignment_target_one', sql`(${table.teamId} IS NULL) <> (${table.userId} IS NULL)`),
  ],
);

/** More time for one person; the latest row counts, where it is later than the end for all. */
export const assignmentExtension = pgTable(
  'assignment_extension',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    assignmentId: ofAssignment(),
    userId: ofUser(),
    dueLocal: text('due_local').notNull(),
    dueAt: moment('due_at').notNull(),
    reason: text().notNull(),
    grantedBy: text('granted_by').references(() => user.id, { onDelete: 'set null' }),
    grantedAt: moment('granted_at').notNull().defaultNow(),
  },
  (table) => [index().on(table.assignmentId, table.userId), index().on(table.userId)],
);

/** The calendar address of a person; without a row there is none. */
export const calendarFeed = pgTable('calendar_feed', {
  userId: ofUser().primaryKey(),
  /** The public half of the address; the other half is made of it with the site's secret. */
  id: text().notNull().unique(),
  createdAt: moment('created_at').notNull().defaultNow(),
});

/** A mail about an assignment; one row for each, made before it is sent. */
export const reminder = pgTable(
  'reminder',
  {
    assignmentId: ofAssignment(),
    userId: ofUser(),
    /** Which of the reminders of remind.ts. */
    kind: text().notNull(),
    /** The due time that it is about: more time brings new reminders. */
    dueAt: moment('due_at').notNull(),
    attempts: integer().notNull().default(1),
    /** Until then the node that made or took the row is sending. */
    claimedUntil: moment('claimed_until').notNull(),
    /** When the mail server took it. */
    sentAt: moment('sent_at'),
  },
  (table) => [
    primaryKey({ columns: [table.assignmentId, table.userId, table.kind, table.dueAt] }),
    index().on(table.userId),
  ],
);

/** People who want no reminders. */
export const reminderOptOut = pgTable('reminder_opt_out', {
  userId: ofUser().primaryKey(),
  since: moment('since').notNull().defaultNow(),
});
