import { setTimeout as delay } from 'node:timers/promises';
import type { Database } from '#platform/database.ts';
import type { Log } from '#platform/log.ts';
import { reasonOf } from '#platform/failure.ts';
import { listUnfinished, listWaitingInTurn, readTurn } from './db/turns.ts';
import { openQueue, type VerificationQueue } from './queue.ts';
import { rememberFor } from './remember-for.ts';
import type { SubmissionEnv } from './settings.ts';
import type { Verification } from './verification.ts';
import { canGrade } from './worker/can-grade.ts';
import { gradeApart } from './worker/grade-apart.ts';
import { removeStaleFolders } from './worker/stale-folders.ts';
import { verifySubmission } from './worker/verify-submission.ts';

const RETRY_MS = 1000;
const OPEN_AGAIN_MS = 10_000;
const LOOK_AGAIN_MS = 5 * 60_000;
const STAFF_KNOWN_MS = 10_000;
const TURNS_KNOWN_MS = 2000;

/** The queue of this process and, where it verifies, its worker. */
export interface KeptVerification extends Verification {
  /** Resolves once it is known whether this process grades. */
  readonly isWorking: Promise<boolean>;
  /** Stops grades that run, which come again later, and lets go of the queue. */
  readonly close: () => Promise<void>;
}

interface Open {
  readonly queue: VerificationQueue;
  readonly db: Database['db'];
}

/**
 * Has submissions verified from now on, while there is a database: this process is a node of the queue,
 * and grades itself unless DAY2_VERIFY is off or there is no Chromium. Never rejects, and never keeps the
 * server from starting.
 */
export function keepVerifying(
  findOptionalDatabase: () => Database | null,
  env: SubmissionEnv & { readonly DAY2_DIST: string },
  log: Log,
): KeptVerification {
  const stop = new AbortController();
  let known: Open | null = null;
  const isWorking = open().catch(() => false);
  return {
    isWorking,
    wake: async (submission) => {
      if (known) await known.queue.send(submission, await readTurn(known.db, submission));
    },
    isStaffed: rememberFor(STAFF_KNOWN_MS, async () => (await known?.queue.isStaffed()) ?? false),
    countAhead: countAhead(async () => (known ? listWaitingInTurn(known.db) : [])),
    close: async () => {
      stop.abort();
      await isWorking;
      await known?.queue.stop();
    },
  };

  /** Rejects only when it is closed before. */
  async function open(): Promise<boolean> {
    const { pool, db } = await awaitDatabase(findOptionalDatabase, stop.signal);
    const queue = await keepOpening(() => openQueue(pool, log), stop.signal, log);
    known = { queue, db };
    if (env.DAY2_VERIFY === 'off' || !(await hasChromium(log))) return false;
    await work({ queue, db });
    return true;
  }

  async function work({ queue, db }: Open): Promise<void> {
    const grade = (order: Parameters<typeof gradeApart>[0]) => gradeApart(order, stop.signal);
    const verifier = { db, log, dist: env.DAY2_DIST, grade, canGrade };
    const verify = (submission: string) => verifySubmission(verifier, submission);
    await queue.work(verify, env.DAY2_VERIFY_CONCURRENCY);
    void keepSending({ queue, db }, stop.signal, log);
  }
}

function countAhead(list: () => Promise<readonly string[]>): Verification['countAhead'] {
  const waiting = rememberFor(TURNS_KNOWN_MS, list);
  return async (submission) => {
    const inTurn = await waiting();
    const place = inTurn.indexOf(submission);
    // It came after the list was read.
    return place === -1 ? inTurn.length : place;
  };
}

async function hasChromium(log: Log): Promise<boolean> {
  if (await canGrade()) return true;
  log.warn(
    'results are not verified here: there is no Chromium. Install it, or set CHROMIUM_PATH; submissions wait meanwhile',
  );
  return false;
}

/** What a restore, a crash or an outage left without a job gets one again; what has one is not doubled. */
async function keepSending({ queue, db }: Open, signal: AbortSignal, log: Log): Promise<void> {
  while (!signal.aborted) {
    try {
      for (const { id, turn } of await listUnfinished(db)) await queue.send(id, turn);
      await removeStaleFolders();
    } catch (error) {
      if (!signal.aborted)
        log.warn({ reason: reasonOf(error) }, 'unfinished submissions were not looked for');
    }
    await delay(LOOK_AGAIN_MS, undefined, { signal, ref: false }).catch(() => {});
  }
}

/** The database may go away just then, or refuse until somebody grants the right. */
async function keepOpening<Opened>(
  open: () => Promise<Opened>,
  signal: AbortSignal,
  log: Log,
): Promise<Opened> {
  for (let told = ''; ;) {
    try {
      return await open();
    } catch (error) {
      signal.throwIfAborted();
      const reason = reasonOf(error);
      if (reason !== told)
        log.error(
          { reason },
          'results are not verified: the queue did not open; it is tried again',
        );
      told = reason;
      await delay(OPEN_AGAIN_MS, undefined, { signal, ref: false });
    }
  }
}

async function awaitDatabase(find: () => Database | null, signal: AbortSignal): Promise<Database> {
  for (;;) {
    const database = find();
    if (database) return database;
    await delay(RETRY_MS, undefined, { signal, ref: false });
  }
}
