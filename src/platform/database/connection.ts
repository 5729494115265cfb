import type { ClientConfig } from 'pg';
import { DatabaseProblem, messageOf } from './problem.ts';

/** Where a PostgreSQL listens and how to sign in there. */
export interface Connection {
  readonly config: Readonly<ClientConfig>;
  /** For people: without the password. */
  readonly shown: string;
}

/** The connection that a `DATABASE_URL` names. */
export function connectionOf(databaseUrl: string): Connection {
  const url = new URL(databaseUrl);
  const host = url.searchParams.get('host') ?? (url.host || 'localhost');
  const user = url.username ? `${decodeURIComponent(url.username)}@` : '';
  return {
    config: { connectionString: databaseUrl },
    shown: `${user}${host}${url.pathname} (DATABASE_URL)`,
  };
}

/** What a failed connection means for whoever runs the server. */
export function explainConnectionError(error: unknown, { shown }: Connection): DatabaseProblem {
  const code = codeOf(error);
  const known = repairs[code];
  return new DatabaseProblem('passing', {
    found: `The database cannot be used: ${messageOf(error)}${code ? ` (${code})` : ''}.`,
    where: shown,
    repair: known ?? 'see that PostgreSQL runs there and takes connections from this machine.',
    cause: error,
  });
}

function codeOf(error: unknown): string {
  if (error instanceof AggregateError) return codeOf(error.errors[0]);
  if (typeof error !== 'object' || error === null || !('code' in error)) return '';
  return String(error.code);
}

const repairs: Readonly<Record<string, string>> = {
  ENOTFOUND: 'correct the host in DATABASE_URL, or the name service of this machine.',
  '28P01': 'correct the user and password in DATABASE_URL.',
  '28000': 'let this user in (pg_hba.conf), or correct the user in DATABASE_URL.',
  '3D000': 'create the database (CREATE DATABASE), or correct its name in DATABASE_URL.',
  '42501': 'let the user create tables: GRANT CREATE, USAGE ON SCHEMA public TO the user.',
  '53100': 'free space on the disk of the database.',
  '53300': 'raise max_connections of the database, or run fewer nodes (10 connections each).',
  '57P03': 'wait: it is starting or recovering.',
};
