import { keepSending, type Round } from '#progress/keep-sending.ts';
import { recordCheckAnswered } from '#progress/lesson-progress.ts';
import { shownAccount } from '#progress/shown-account.ts';
import { deferTry, readWaitingTries, settleTry, type HeldTry } from '#progress/tries.ts';
import type { GradedTry } from './answer.ts';
import { postTry, type Said } from './post-try.ts';

/**
 * Sends tries at checks that count that are held in this browser from now on; the page with the check shows
 * what comes of them. What is sent twice is graded once.
 */
export function sendTries(signal: AbortSignal): void {
  keepSending('tries', sendHeld, signal);
}

async function sendHeld(signal: AbortSignal): Promise<Round> {
  const account = shownAccount();
  if (account === null) return 'over';
  const pauses: number[] = [];
  for (const held of await readWaitingTries()) {
    const leftMs = held.notBefore === null ? 0 : Date.parse(held.notBefore) - Date.now();
    const round =
      leftMs > 0
        ? { inMs: leftMs }
        : await take(held, await postTry(held, { account, at: held.at, signal }));
    if (round === 'over' || round === 'later') return round;
    if (round !== 'sent') pauses.push(round.inMs);
  }
  return pauses.length > 0 ? { inMs: Math.min(...pauses) } : 'sent';
}

/** Keeps what the server said of a try. */
async function take(held: HeldTry, said: Said): Promise<Round> {
  if (said.kind === 'graded') {
    await settle(held, said.graded);
    return 'sent';
  }
  if (said.kind === 'pause') {
    await deferTry(held.id, said.seconds);
    return { inMs: said.seconds * 1000 };
  }
  if (said.kind === 'not-you') return 'over';
  // A host that only hands out files, or a page in the server's place, may be gone again tomorrow.
  if (said.kind === 'not-yet' || said.why === 'no-server') return 'later';
  await settleTry(held.id, { kind: 'refused', why: said.why });
  return 'sent';
}

/** First the answer goes to progress: what is cut short in between is sent and settled again. */
async function settle(held: HeldTry, graded: GradedTry): Promise<void> {
  const { id, lesson, check, kind, answer } = held;
  const { correct } = graded;
  await recordCheckAnswered({ lesson, check, kind, correct, answer });
  await settleTry(id, { kind: 'graded', graded });
}
