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
  // While somebody has a connection the pool does not listen to it, and one that breaks between two
  // statements of a transaction would end the whole process. The next statement is rejected anyway.
  pool.on('connect', (client) => client.on('error', () => {}));
  return pool;
}
