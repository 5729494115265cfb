import { hideInText } from './hide-secrets.ts';

/** Codes of PostgreSQL (ends, starts, recovers, is full, takes no more connections) and of sockets. */
const outageCodes =
  /^(57P0[1-5]|08\w{3}|53\w{3}|58030|ECONNREFUSED|ECONNRESET|ENOENT|ENOTFOUND|EPIPE|ETIMEDOUT|EHOSTUNREACH)$/;
/** What pg says where it has no code, and better-auth whatever was the cause. */
const outageWords =
  /Connection terminated|timeout exceeded when trying to connect|not queryable|Cannot use a pool after|^Failed to get session$/;

/** Whether something failed because the database does not answer or cannot write, which may pass. */
export function isOutage(error: unknown): boolean {
  if (error instanceof AggregateError) return error.errors.some(isOutage);
  if (!(error instanceof Error)) return false;
  if (isQueryFailure(error)) return isOutage(error.cause);
  const code = 'code' in error ? String(error.code) : '';
  return outageCodes.test(code) || outageWords.test(error.message) || isOutage(error.cause);
}

/**
 * Why something failed, for the log. A failed query is told without its parameters, which may be a
 * password's hash or a session, and without the row that PostgreSQL names; addresses of people and what
 * opens something are left out.
 */
export function reasonOf(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0)
    return error.errors.map(reasonOf).join('; ');
  if (!(error instanceof Error)) return hideInText(String(error));
  if (!isQueryFailure(error)) return hideInText(error.message);
  return `${error.cause ? reasonOf(error.cause) : 'no cause'} (in the query: ${error.query})`;
}

/**
 * Takes out of a failed query what it was asked with, which may be a password's hash or a session, and
 * the row that PostgreSQL names: whoever prints the error prints neither.
 */
export function hideParameters(error: unknown): void {
  if (!(error instanceof Error) || !isQueryFailure(error)) return;
  const { cause } = error;
  const frames = (error.stack ?? '').split('\n').filter((line) => /^ {4}at /.test(line));
  error.params = [];
  error.message = reasonOf(error);
  error.stack = [`Error: ${error.message}`, ...frames].join('\n');
  if (cause instanceof Error && 'detail' in cause) cause.detail = undefined;
}

/** Drizzle's. Not by class: pages are bundled with a copy of it. */
function isQueryFailure(
  error: Error,
): error is Error & { readonly query: string; params: readonly unknown[] } {
  return 'query' in error && 'params' in error && typeof error.query === 'string';
}
