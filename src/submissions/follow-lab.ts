import { sayAccount } from '#accounts/said-account.ts';
import { readAttempts } from '#progress/attempts.ts';
import { watchProgress } from '#progress/changes.ts';
import { shownAccount } from '#progress/shown-account.ts';
import { labStandingSchema, type LabStanding } from './lab-standing.ts';

/** How the attempts at one lab stand with the server, as far as this browser knows. */
export type LabVerification =
  /** Nobody is signed in, or the server has no accounts. */
  | { readonly kind: 'off' }
  /** The newest attempt that passed is still here. */
  | { readonly kind: 'unsent'; readonly verdictId: string }
  /** It stays here: the server does not take it, for this reason. */
  | { readonly kind: 'refused'; readonly verdictId: string; readonly reason: string }
  | { readonly kind: 'known'; readonly standing: LabStanding; readonly isReached: boolean };

/** Nobody is signed in, somebody else is, or there are no accounts. */
const over = new Set([401, 404, 409]);

const quickMs = 2000;
const slowMs = 20_000;

/** Tells how the lab stands now and after each change that is heard of, until the signal. */
export function followLab(
  lab: string,
  tell: (verification: LabVerification) => void,
  signal: AbortSignal,
): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let known: LabStanding | null = null;
  let asked = 0;
  const look = async (): Promise<void> => {
    clearTimeout(timer);
    const mine = (asked += 1);
    const verification = await read(lab, known, signal).catch(() => null);
    // An answer that was overtaken says nothing any more.
    if (signal.aborted || mine !== asked) return;
    if (verification) tell(verification);
    if (verification?.kind === 'known') known = verification.standing;
    const pause = pauseAfter(verification);
    if (pause !== null) timer = setTimeout(() => void look(), pause);
  };
  const stopWatching = watchProgress(({ what }) => {
    if (what === 'attempts' || what === 'account') void look();
  });
  addEventListener('online', () => void look(), { signal });
  signal.addEventListener('abort', () => {
    clearTimeout(timer);
    stopWatching();
  });
  void look();
}

/** When to look again; null where only this browser can change anything. */
function pauseAfter(verification: LabVerification | null): number | null {
  if (verification === null) return slowMs;
  if (verification.kind !== 'known') return null;
  const { standing, isReached } = verification;
  if (!isReached || !standing.isStaffed) return slowMs;
  return standing.newest ? pauseOf(standing.newest) : null;
}

function pauseOf({ state, isTriedAgain }: NonNullable<LabStanding['newest']>): number | null {
  if (state === 'queued' || state === 'running') return quickMs;
  return isTriedAgain ? slowMs : null;
}

async function read(
  lab: string,
  known: LabStanding | null,
  signal: AbortSignal,
): Promise<LabVerification> {
  const account = shownAccount();
  if (account === null) return { kind: 'off' };
  return (await readHeld(lab)) ?? ask(lab, account, known, signal);
}

async function readHeld(lab: string): Promise<LabVerification | null> {
  const held = (await readAttempts()).findLast(({ verdict }) => verdict.lab === lab);
  if (!held) return null;
  const { id: verdictId } = held.verdict;
  if (held.refused === null) return { kind: 'unsent', verdictId };
  return { kind: 'refused', verdictId, reason: held.refused };
}

async function ask(
  lab: string,
  account: string,
  known: LabStanding | null,
  signal: AbortSignal,
): Promise<LabVerification> {
  const response = await fetch(`/api/submissions/?lab=${encodeURIComponent(lab)}`, {
    headers: sayAccount(account),
    signal,
  }).catch(() => null);
  if (response?.ok) {
    const standing = labStandingSchema.parse(await response.json());
    return { kind: 'known', standing, isReached: true };
  }
  if (known) return { kind: 'known', standing: known, isReached: false };
  if (response && over.has(response.status)) return { kind: 'off' };
  throw new Error('The server is not reached.');
}
