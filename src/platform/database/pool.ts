import { Pool } from 'pg';
import type { Log } from '#platform/log.ts';
import type { Connection } from './connection.ts';
import { messageOf } from './problem.ts';

const CONNECTIONS = 10;
const CONNECT_LIMIT_MS = 5000;

/** At most 10 connections. One that breaks while idle is logged and replaced when it is next needed. */
export function createPool(connection: Connection, log: Log): Pool {
  const pool = new Pool({
    ...connection.config,
    max: CONNECTIONS,
    connectionTimeoutMillis: CONNECT_LIMIT_MS,
    application_name: 'day-two',
    keepAlive: true,
  });
  pool.on('error', (error) => {
    if (!pool.ending) log.warn({ reason: messageOf(error) }, 'database connection lost');
  });
  return pool;
}
