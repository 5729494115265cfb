import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';
import type { Connection } from '../connection.ts';

/** Sessions that write rows one after the other and sign in again whenever they are cut off. */
export interface Writers {
  /** Rows so far that PostgreSQL said were committed. */
  acknowledged(): number;
  /** Resolves with the next row that is begun after this call and acknowledged. */
  nextAcknowledgement(): Promise<void>;
  /** Ids of the processes of PostgreSQL that serve them. */
  backends(): number[];
  /** Ends them and looks every acknowledged row up. */
  finish(): Promise<{ acknowledged: number; lost: number }>;
}

const SESSIONS = 4;

/** Starts four of them. */
export function startWriters({ config }: Connection): Writers {
  const acknowledged: string[] = [];
  const backends = new Map<number, number>();
  let waiting: { from: number; resolve: () => void }[] = [];
  let isOver = false;
  const write = async (session: number) => {
    for (let row = 0; !isOver;) {
      const client = new Client(config);
      client.on('error', () => {});
      try {
        await client.connect();
        const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
        backends.set(session, rows[0]?.pid ?? 0);
        while (!isOver) {
          const begun = performance.now();
          const subject = `${session}-${row++}`;
          await client.query(insert, [subject]);
          acknowledged.push(subject);
          for (const { from, resolve } of waiting) if (begun >= from) resolve();
          waiting = waiting.filter(({ from }) => begun < from);
        }
      } catch {
        // What was not acknowledged does not count; the next row has another name.
        backends.delete(session);
        await delay(20);
      }
      await client.end().catch(() => {});
    }
  };
  const sessions = Array.from({ length: SESSIONS }, (_, session) => write(session));
  return {
    acknowledged: () => acknowledged.length,
    nextAcknowledgement: () =>
      new Promise((resolve) => waiting.push({ from: performance.now(), resolve })),
    backends: () => [...backends.values()],
    finish: async () => {
      isOver = true;
      await Promise.all(sessions);
      return { acknowledged: acknowledged.length, lost: await countLost(config, acknowledged) };
    },
  };
}

const insert = `INSERT INTO audit_log (actor, action, subject) VALUES ('crash', 'row written', $1)`;

async function countLost(config: Connection['config'], subjects: readonly string[]) {
  const client = new Client(config);
  await client.connect();
  const { rows } = await client.query<{ subject: string }>('SELECT subject FROM audit_log');
  await client.end();
  const kept = new Set(rows.map(({ subject }) => subject));
  return subjects.filter((subject) => !kept.has(subject)).length;
}
