import { z } from 'zod';

/** Which rows of the audit log somebody wants to see. */
export interface AuditFilters {
  /** Id of the person who acted, or to whom it was done. */
  readonly person: string;
  readonly action: string;
  /** Days in UTC, `YYYY-MM-DD`, both included; empty: open. */
  readonly from: string;
  readonly to: string;
}

export interface AuditQuery {
  readonly filters: AuditFilters;
  /** Rows older than the one with this id; null: from the newest. */
  readonly before: number | null;
  /** What cannot be used, by name; it does not filter. */
  readonly errors: Readonly<Record<string, string>>;
  /** What was typed. */
  readonly typed: Readonly<Record<string, string>>;
}

const noDay = 'This is not a day of the calendar. Write it as 2026-12-31.';
const day = z.literal('').or(z.iso.date());
const shapes = { person: z.string().max(64), action: z.string().max(80), from: day, to: day };
const cursor = z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER);

/** Reads the filters of an address. */
export function readAuditQuery({ searchParams }: URL): AuditQuery {
  const errors: Record<string, string> = {};
  const typed: Record<string, string> = {};
  const read = (name: keyof AuditFilters): string => {
    const text = (searchParams.get(name) ?? '').trim();
    typed[name] = text;
    const parsed = shapes[name].safeParse(text);
    if (parsed.success) return parsed.data;
    errors[name] = name === 'from' || name === 'to' ? noDay : 'This is too long for a filter.';
    return '';
  };
  const filters = {
    person: read('person'),
    action: read('action'),
    from: read('from'),
    to: read('to'),
  };
  if (filters.from && filters.to && filters.to < filters.from)
    errors['to'] = 'It ends before it begins. Choose a later day.';
  const before = cursor.safeParse(searchParams.get('before') ?? undefined);
  return { filters, before: before.success ? before.data : null, errors, typed };
}

/** The filters as a query, to put behind a path; with a cursor for the rows after it. */
export function queryOf(filters: AuditFilters, before: number | null = null): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(filters)) if (value !== '') query.set(name, value);
  if (before !== null) query.set('before', String(before));
  const text = query.toString();
  return text === '' ? '' : `?${text}`;
}
