import { PgPreparedQuery } from 'drizzle-orm/pg-core';
import { hideParameters } from '../failure.ts';

let isDone = false;

/**
 * From now on no query that fails carries what it was asked with. Drizzle writes it into the error's
 * message, and its callers, better-auth among them, print errors whole. There is no setting for it, so
 * the one method that every query goes through is replaced; failure.test.ts notices when it moves.
 */
export function hideParametersOfFailures(): void {
  if (isDone) return;
  isDone = true;
  const prototype = PgPreparedQuery.prototype as unknown as {
    queryWithCache: (...given: unknown[]) => Promise<unknown>;
  };
  const { queryWithCache } = prototype;
  prototype.queryWithCache = async function (...given) {
    try {
      return await queryWithCache.apply(this, given);
    } catch (error) {
      hideParameters(error);
      throw error;
    }
  };
}
