import { watchProgress } from '#progress/changes.ts';
import { dropTries, holdTry, readTry, type HeldTry, type TryOutcome } from '#progress/tries.ts';

export { dropTries };

/** How a held try stands. */
export type Standing =
  /** `isPaused`: the server takes it after a pause. */
  | { readonly kind: 'waiting'; readonly isPaused: boolean }
  | TryOutcome
  /** It was replaced or shown in another tab. */
  | { readonly kind: 'gone' };

/**
 * Holds a try until there is a server again, and tells how it stands from now on; resolves to whether it is
 * held: nobody signed in holds none, nor does a browser that fails to.
 */
export async function holdAndFollow(
  given: Parameters<typeof holdTry>[0],
  tell: (standing: Standing) => void,
  signal: AbortSignal,
): Promise<boolean> {
  const isHeld = await holdTry(given);
  return isHeld && followTry(given.id, tell, signal);
}

/** Tells how a held try stands now and after each change, until the server said something; false where it is not held. */
export async function followTry(
  id: string,
  tell: (standing: Standing) => void,
  signal: AbortSignal,
): Promise<boolean> {
  let isOver = false;
  const show = (held: HeldTry | undefined): void => {
    if (isOver || signal.aborted) return;
    const standing = standingOf(held);
    isOver = standing.kind !== 'waiting';
    if (isOver) stop();
    tell(standing);
    // From here on the page shows it.
    if (held && isOver) void dropTries(held);
  };
  const stop = watchProgress(({ what }) => {
    if (what === 'tries') void readTry(id).then(show);
  });
  signal.addEventListener('abort', stop);
  const first = await readTry(id);
  if (first) show(first);
  else stop();
  return first !== undefined;
}

function standingOf(held: HeldTry | undefined): Standing {
  if (!held) return { kind: 'gone' };
  const { outcome, notBefore } = held;
  if (outcome?.kind !== 'graded')
    return outcome ?? { kind: 'waiting', isPaused: notBefore !== null };
  // It may have been graded a while ago.
  const pauseSeconds =
    Math.max(0, Math.ceil((Date.parse(notBefore ?? '') - Date.now()) / 1000)) || 0;
  return { ...outcome, graded: { ...outcome.graded, pauseSeconds } };
}
