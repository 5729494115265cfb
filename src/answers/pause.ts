/** Seconds to wait after the first, second, third wrong answer to one check, and after every later one. */
const pauses = [30, 120, 600, 1800] as const;

/** A try at one check, oldest first in a list. */
export interface Try {
  readonly correct: boolean;
  readonly at: Date;
}

/** How long a wrong answer keeps a person from the next try, after so many wrong ones before it. */
export function pauseAfter(wrongBefore: number): number {
  return pauses[Math.min(wrongBefore, pauses.length - 1)] ?? 0;
}

/** Seconds that are left of the pause after the last try; 0 where the next one may come. */
export function pauseLeft(tries: readonly Try[], now: Date): number {
  const last = tries.at(-1);
  if (!last || last.correct) return 0;
  const ends = +last.at + pauseAfter(tries.length - 1) * 1000;
  return Math.max(0, Math.ceil((ends - +now) / 1000));
}
