const longestHeldMs = 7 * 86_400_000;

/**
 * When a try counts as answered: as the device says it, where that is within the last seven days. A clock that
 * is ahead, or a try that waited for longer, is not believed beyond that; where nothing is said, it is now.
 */
export function answeredAt(said: string | undefined, now: Date): Date {
  if (said === undefined) return now;
  return new Date(Math.min(+now, Math.max(+now - longestHeldMs, Date.parse(said))));
}
