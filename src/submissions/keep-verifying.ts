import { setTimeout as delay } from 'node:timers/promises';
import type { Database } from '#platform/database.ts';
import type { Log } from '#platform/log.ts';
import { reasonOf } from '#platform/failure.ts';
import { listUnfinished } from './db/steps.ts';
import { openQueue, type VerificationQueue } from './queue.ts';
import type { SubmissionEnv } from './settings.ts';
import type { Verification } from './verification.ts';
import { canGrade } from './worker/can-grade.ts';
import { gradeApart } from './worker/grade-apart.ts';
import { verifySubmission } from './worker/verify-submission.ts';

const RETRY_MS = 1000;
const LOOK_AGAIN_MS = 5 * 60_000;
const ASK_AGAIN_MS = 10_000;

/** The queue of this process and, where it verifies, its worker. */
export interface KeptVerification extends Verification {
  /** Stops grades that run, which come again later, and lets go of the queue. */
  readonly close: () => Promise<void>;
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
  let queue: VerificationQueue | null = null;
  const opening = open().catch((error: unknown) => {
    if (!stop.signal.aborted)
      log.error({ reason: reasonOf(error) }, 'results are not verified: the queue did not open');
  });
  return {
    wake: async (submission) => queue?.send(submission),
    isStaffed: rememberFor(ASK_AGAIN_MS, async () => (await queue?.isStaffed()) ?? false),
    close: async () => {
      stop.abort();
      await opening;
      await queue?.stop();
    },
  };

  async function open(): Promise<void> {
    const { pool, db } = await awaitDatabase(findOptionalDatabase, stop.signal);
    queue = await openQueue(pool, log);
    const opened = queue;
    const isWorking = env.DAY2_VERIFY === 'on' && (await hasChromium(log));
    if (isWorking) {
      const grade = (order: Parameters<typeof gradeApart>[0]) => gradeApart(order, stop.signal);
      const verifier = { db, log, dist: env.DAY2_DIST, grade };
      const verify = (submission: string) => verifySubmission(verifier, submission);
      await opened.work(verify, env.DAY2_VERIFY_CONCURRENCY);
      void keepSending(opened, db, stop.signal, log);
    }
  }
}

async function hasChromium(log: Log): Promise<boolean> {
  if (await canGrade()) return true;
  log.warn(
    'results are not verified here: there is no Chromium. Install it, or set CHROMIUM_PATH; submissions wait meanwhile',
  );
  return false;
}

/** What a restore, a crash or an outage left without a job gets one again; what has one is not doubled. */
async function keepSending(
  queue: VerificationQueue,
  db: Database['db'],
  signal: AbortSignal,
  log: Log,
): Promise<void> {
  while (!signal.aborted) {
    try {
      for (const submission of await listUnfinished(db)) await queue.send(submission);
    } catch (error) {
      log.warn({ reason: reasonOf(error) }, 'unfinished submissions could not be read');
    }
    await delay(LOOK_AGAIN_MS, undefined, { signal, ref: false }).catch(() => {});
  }
}

async function awaitDatabase(find: () => Database | null, signal: AbortSignal): Promise<Database> {
  for (;;) {
    const database = find();
    if (database) return database;
    await delay(RETRY_MS, undefined, { signal, ref: false });
  }
}

/** Asks at most so often; many pages poll. */
function rememberFor<Answer>(ms: number, ask: () => Promise<Answer>): () => Promise<Answer> {
  let asked: { readonly at: number; readonly answer: Promise<Answer> } | null = null;
  return () => {
    if (asked && performance.now() - asked.at < ms) return asked.answer;
    const answer = ask();
    asked = { at: performance.now(), answer };
    answer.catch(() => (asked = null));
    return answer;
  };
}
