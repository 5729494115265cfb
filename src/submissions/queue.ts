import { PgBoss } from 'pg-boss';
import type { Pool } from 'pg';
import type { Log } from '#platform/log.ts';

/** What waits to be verified, on all nodes together. It only wakes workers: the tables say what is to be done. */
export interface VerificationQueue {
  /** Has it verified once, those of the lowest turn first; while a job of it waits or runs, another changes nothing. */
  send(submission: string, turn: number): Promise<void>;
  /** Calls `verify` for one job after another, so many at once; one that rejects comes again later. */
  work(verify: (submission: string) => Promise<void>, concurrency: number): Promise<void>;
  /** Whether any node takes jobs, as far as was heard within the last minute or two. */
  isStaffed(): Promise<boolean>;
  stop(): Promise<void>;
}

const NAME = 'verify-submission';
/** Longer than the longest lab with everything around it. */
const EXPIRE_SECONDS = 600;

/**
 * Opens the queue in the schema `pgboss`, which it makes or brings up to date under a lock of its own, so
 * that nodes may start at once. It shares the connections of the pool.
 */
export async function openQueue(pool: Pool, log: Log): Promise<VerificationQueue> {
  const boss = new PgBoss({
    db: { executeSql: (text, values) => pool.query(text, values) },
    schema: 'pgboss',
    schedule: false,
    superviseIntervalSeconds: 10,
    monitorIntervalSeconds: 30,
    instanceHeartbeatSeconds: 20,
    openTelemetry: { enabled: false },
  });
  boss.on('error', (error) => log.warn({ reason: error.message }, 'verification queue'));
  boss.on('warning', ({ message }) => log.debug({ reason: message }, 'verification queue'));
  await boss.start();
  await boss.createQueue(NAME, {
    // One job of a submission at a time, waiting or running.
    policy: 'exclusive',
    expireInSeconds: EXPIRE_SECONDS,
    // A worker that died is noticed after that and the interval of supervision.
    heartbeatSeconds: 20,
    retryLimit: 10,
    retryDelay: 20,
    retryBackoff: true,
    retryDelayMax: 600,
    deleteAfterSeconds: 3600,
  });
  const workers: string[] = [];
  return {
    send: async (submission, turn) => {
      await boss.send(NAME, { submission }, { singletonKey: submission, priority: -turn });
      for (const worker of workers) boss.notifyWorker(worker);
    },
    work: async (verify, concurrency) => {
      for (let each = 0; each < concurrency; each += 1)
        workers.push(
          await boss.work<{ submission: string }>(NAME, async ([job]) => {
            if (job) await verify(job.data.submission);
          }),
        );
    },
    isStaffed: async () => {
      const instances = await boss.getInstances();
      return instances.some((node) => node.live && node.workers.some(isOfQueue));
    },
    stop: () => boss.stop({ graceful: true, timeout: 1000, close: false }),
  };
}

function isOfQueue({ queue }: { readonly queue: string }): boolean {
  return queue === NAME;
}
