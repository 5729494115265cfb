/** The old items followed by the new ones, without the oldest beyond the cap. */
export function appendCapped<T>(old: readonly T[], added: readonly T[], cap: number): readonly T[] {
  if (added.length >= cap) return added.slice(added.length - cap);
  const kept = old.slice(Math.max(0, old.length + added.length - cap));
  return [...kept, ...added];
}
