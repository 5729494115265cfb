import { AsyncLocalStorage } from 'node:async_hooks';
import { pino, type Logger } from 'pino';
import type { Env } from './env.ts';

export type Log = Pick<Logger, 'debug' | 'info' | 'warn' | 'error' | 'fatal'>;

const requests = new AsyncLocalStorage<string>();

/** Does the work of a request: each line that is logged meanwhile, by whatever part, has the request's id. */
export function logAs(requestId: string, work: () => void): void {
  requests.run(requestId, work);
}

/**
 * One JSON object per line on stdout, with the id of the request where there is one. Callers name each
 * field they log: no header, query or body goes in whole, and an error goes through `reasonOf`.
 */
export function createLog(level: Env['DAY2_LOG']): Log {
  return pino({
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    mixin: requestFields,
  });
}

function requestFields(): { id?: string } {
  const id = requests.getStore();
  return id === undefined ? {} : { id };
}
