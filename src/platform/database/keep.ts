import { setTimeout as delay } from 'node:timers/promises';
import type { Database } from '#platform/database.ts';
import type { Env } from '#platform/env.ts';
import type { Log } from '#platform/log.ts';
import { openDatabase } from './open.ts';
import { DatabaseProblem, messageOf } from './problem.ts';

/** The database of a server that goes on without one: pages are read while it is down. */
export interface KeptDatabase {
  /** Null until it was opened once; from then on it stays. */
  readonly current: () => Database | null;
  /** Null where a query is answered; otherwise the reason why not. */
  readonly findFault: () => Promise<string | null>;
  /** Resolves after the first try, to the problem that ended it or to null. */
  readonly firstTry: Promise<unknown>;
  /** Resolves once it is open, which may be never. */
  readonly opened: Promise<Database>;
  readonly close: () => Promise<void>;
}

const RETRY_MS = 1000;
const ANSWER_LIMIT_MS = 2000;

/**
 * Opens the database, again and again while the reason why it does not open may pass. It is there once
 * `admit` resolves; a problem that `admit` throws is one like those of opening it.
 */
export function keepDatabase(
  env: Env,
  log: Log,
  admit: (opened: Database) => Promise<void> = async () => {},
): KeptDatabase {
  const closing = new AbortController();
  let database: Database | null = null;
  const { promise: opened, resolve: tellOpened } = Promise.withResolvers<Database>();
  let fault = 'The database is starting.';
  const attempt = async () => {
    try {
      const opened = await openDatabase(env, log, closing.signal);
      await admit(opened).catch(async (error: unknown) => {
        await opened.close();
        throw error;
      });
      database = opened;
      tellOpened(database);
      return null;
    } catch (error) {
      const reason = messageOf(error);
      if (!closing.signal.aborted && reason !== fault) log.error({ reason }, 'database not open');
      fault = reason;
      return error;
    }
  };
  const firstTry = attempt();
  const loop = firstTry.then(async (first) => {
    for (let problem = first; mayPass(problem); problem = await attempt()) {
      await delay(RETRY_MS, undefined, { signal: closing.signal });
    }
  });
  // Closing interrupts the delay.
  loop.catch(() => {});
  return {
    current: () => database,
    findFault: async () => (database ? await ask(database) : fault),
    firstTry,
    opened,
    close: async () => {
      closing.abort();
      await loop.catch(() => {});
      await database?.close();
    },
  };
}

function mayPass(problem: unknown): boolean {
  if (problem === null) return false;
  return !(problem instanceof DatabaseProblem) || problem.kind === 'passing';
}

async function ask({ pool }: Database): Promise<string | null> {
  const timeout = new AbortController();
  const tooLate = delay(ANSWER_LIMIT_MS, undefined, { signal: timeout.signal }).then(
    () => `The database did not answer within ${ANSWER_LIMIT_MS / 1000} s.`,
  );
  tooLate.catch(() => {});
  const answer = pool.query('SELECT 1').then(
    () => null,
    (error: unknown) => `The database does not answer: ${messageOf(error)}.`,
  );
  const fault = await Promise.race([answer, tooLate]);
  timeout.abort();
  return fault;
}
