import { sayAccount } from '#accounts/said-account.ts';
import { readAttempts, settleAttempt } from '#progress/attempts.ts';
import { keepSending, type Round } from '#progress/keep-sending.ts';
import { shownAccount } from '#progress/shown-account.ts';

const url = '/api/submissions/';

/** The server understood, and will not take it however often it is sent. */
const final = new Set([400, 413, 422]);
/** The session of the account is over in this browser. */
const over = new Set([401, 403, 409]);

/** Sends attempts that are held in this browser from now on. What is sent twice changes nothing. */
export function sendAttempts(signal: AbortSignal): void {
  keepSending('attempts', sendHeld, signal);
}

async function sendHeld(signal: AbortSignal): Promise<Round> {
  const account = shownAccount();
  if (account === null) return 'over';
  for (const { verdict, files, refused } of await readAttempts()) {
    if (refused !== null) continue;
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...sayAccount(account) },
      body: JSON.stringify({ verdict, files }),
      signal,
    });
    if (over.has(response.status)) return 'over';
    if (!response.ok && !final.has(response.status)) return 'later';
    await settleAttempt(verdict.id, response.ok ? null : await response.text());
  }
  return 'sent';
}
