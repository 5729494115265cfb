import { sql } from 'drizzle-orm';
import { submissionVerification } from '#submissions/tables.ts';

/** A query of the labs that passed when the server ran them again: account, lab, at. */
export const verifiedPasses = sql`SELECT user_id AS account, lab, at
  FROM ${submissionVerification} WHERE state = 'verified'`;
