import { z } from 'zod';

/** First line of a backup. */
export const headerSchema = z.strictObject({
  format: z.literal('day-two-backup-1'),
  at: z.iso.datetime(),
  /** Name and hash of each migration that the rows belong to. */
  migrations: z.array(z.strictObject({ name: z.string(), hash: z.string() })),
});

/** Before the rows of a table; they are in the text format of COPY and end with a line `\.`. */
export const tableSchema = z.strictObject({
  table: z.string(),
  columns: z.array(z.string()).min(1),
});

/** Last line: what makes a backup whole. */
export const endSchema = z.strictObject({
  /** By table. */
  rows: z.record(z.string(), z.number().int().nonnegative()),
  /** Last value given out, by sequence. */
  sequences: z.record(z.string(), z.string()),
});

/** How COPY ends its rows. */
export const END_OF_ROWS = '\\.';

export type BackupHeader = z.infer<typeof headerSchema>;
/** Rows by table. */
export type RowCounts = Readonly<Record<string, number>>;
