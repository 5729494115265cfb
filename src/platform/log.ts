import { pino, type Logger } from 'pino';
import type { Env } from './env.ts';

export type Log = Pick<Logger, 'debug' | 'info' | 'warn' | 'error'>;

/** One JSON object per line on stdout. Callers name each field they log: no header, query or body goes in whole. */
export function createLog(level: Env['DAY2_LOG']): Log {
  return pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime });
}
