import type { Connection } from '../connection.ts';

/** The connection as a `DATABASE_URL`, so that a test can take an embedded PostgreSQL for an external one. */
export function urlOf({ config }: Connection, database = 'postgres'): string {
  const password = typeof config.password === 'string' ? config.password : '';
  return `postgres://${config.user}:${password}@localhost/${database}?host=${config.host}`;
}
