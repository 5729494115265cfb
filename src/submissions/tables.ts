import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
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
import { user } from '#accounts/tables.ts';
import type { Verdict } from '#grading/verdict.ts';
import type { LabFiles } from '#labs/files.ts';
import { verificationStates } from './state.ts';

const moment = (name: string) => timestamp(name, { withTimezone: true });
const ofUser = () =>
  text('user_id')
    .notNull()
    .references(() => user.id, { onDelete: 'cascade' });

/** An attempt at a lab that its learner's browser passed. A trigger refuses to change a row. */
export const submission = pgTable(
  'submission',
  {
    id: uuid().primaryKey().defaultRandom(),
    userId: ofUser(),
    /** Of the browser's verdict; sent again it is the same submission. */
    verdictId: uuid('verdict_id').notNull(),
    lab: text().notNull(),
    labVersion: integer('lab_version').notNull(),
    /** Of the browser's grade; the server grades with one of its own. */
    seed: bigint({ mode: 'number' }).notNull(),
    /** Those that the lab lets a learner change. */
    files: jsonb().$type<LabFiles>().notNull(),
    /** As the browser says it: advice. */
    verdict: jsonb().$type<Verdict>().notNull(),
    /** The browser's verdict says so, or the account's events did when it came. */
    solutionShown: boolean('solution_shown').notNull(),
    /** SHA-256 of the files: whether the same came again. */
    digest: text().notNull(),
    /** Hashes of the passages that are in neither the lab's start nor its solution. */
    fingerprints: integer().array().notNull(),
    submittedAt: moment('submitted_at').notNull().defaultNow(),
  },
  (table) => [
    uniqueIndex().on(table.userId, table.verdictId),
    index().on(table.userId, table.lab, table.submittedAt),
    index().on(table.lab, table.submittedAt),
  ],
);

/** What became of a submission: a row each time its state changes. A trigger refuses to change one. */
export const submissionVerification = pgTable(
  'submission_verification',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    submissionId: uuid('submission_id')
      .notNull()
      .references(() => submission.id, { onDelete: 'cascade' }),
    /** As the submission has it, so that standings of many people are read from one index. */
    userId: ofUser(),
    /** As the submission has it. */
    lab: text().notNull(),
    /** As the submission has it. */
    submittedAt: moment('submitted_at').notNull(),
    state: text({ enum: verificationStates }).notNull(),
    at: moment('at').notNull().defaultNow(),
    /** Of the server's grade; null in the states before it. */
    seed: bigint({ mode: 'number' }),
    /** The server's own; null unless the grade completed. */
    verdict: jsonb().$type<Verdict>(),
    /** Why the state is what it is, in a sentence; null where nothing is to be said. */
    reason: text(),
    /** Id of the person, or the name of the part of the program that acted. */
    actor: text().notNull(),
  },
  (table) => [
    index().on(table.submissionId, table.id),
    index().on(table.userId, table.lab, table.submittedAt, table.id),
    index('submission_verification_verified_index')
      .on(table.userId, table.lab, table.at)
      .where(sql`${table.state} = 'verified'`),
    check(
      'submission_verification_state',
      sql`${table.state} IN ('queued', 'running', 'verified', 'not-reproduced', 'errored', 'superseded')`,
    ),
  ],
);
