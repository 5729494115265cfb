import type { Queries } from '#platform/audit.ts';
import { listActions, listRows, type AuditRow } from './db/list-rows.ts';
import { listMembers } from './db/list-members.ts';
import type { AuditFilters, AuditQuery } from './filters.ts';
import { readNames } from './names.ts';
import { sentenceOf } from './sentence.ts';

/** A row with what it says. */
export interface AuditLine extends AuditRow {
  readonly sentence: string;
}

export interface AuditPage {
  /** Newest first. */
  readonly lines: readonly AuditLine[];
  /** The cursor of the older ones; null where there are none. */
  readonly next: number | null;
  /** Whom and what one may filter by. */
  readonly people: readonly {
    readonly id: string;
    readonly name: string;
    readonly email: string;
  }[];
  readonly actions: readonly string[];
}

const pageSize = 50;

/** One page of an organisation's audit log. */
export async function readAudit(
  db: Queries,
  organisation: string,
  { filters, before }: AuditQuery,
): Promise<AuditPage> {
  const rows = await listRows(db, organisation, filters, { before, limit: pageSize + 1 });
  const shown = rows.slice(0, pageSize);
  return {
    lines: await tellRows(db, organisation, shown),
    next: rows.length > pageSize ? (shown.at(-1)?.id ?? null) : null,
    people: await listMembers(db, organisation),
    actions: await listActions(db, organisation),
  };
}

const batch = 1000;

/** Every row that the filters let through, newest first, some at a time. */
export async function* readAll(
  db: Queries,
  organisation: string,
  filters: AuditFilters,
): AsyncGenerator<readonly AuditLine[]> {
  for (let before: number | null = null; ;) {
    const rows: AuditRow[] = await listRows(db, organisation, filters, { before, limit: batch });
    if (rows.length > 0) yield await tellRows(db, organisation, rows);
    if (rows.length < batch) return;
    before = rows.at(-1)?.id ?? null;
  }
}

async function tellRows(
  db: Queries,
  organisation: string,
  rows: readonly AuditRow[],
): Promise<AuditLine[]> {
  const names = await readNames(db, organisation, rows);
  return rows.map((row) => ({ ...row, sentence: sentenceOf(row, names) }));
}
