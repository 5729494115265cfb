/** An id from so far ahead is no clock that is wrong by days: it would leave no room for later ones. */
const farthestAheadMs = 10 * 366 * 86_400_000;

let lastTime = 0;

/** Makes ids of this tab sort after one from elsewhere, whose clock may have been ahead of this one's. */
export function noteId(id: string, now = Date.now()): void {
  const time = Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16);
  if (id[14] === '7' && time < now + farthestAheadMs) lastTime = Math.max(lastTime, time);
}

/**
 * A UUID version 7. Ids of one tab ascend even within a millisecond or when the clock steps back.
 * `crypto.randomUUID` is not used because it is absent on plain http, where an air-gapped site may run.
 */
export function newId(now = Date.now()): string {
  lastTime = Math.max(now, lastTime + 1);
  const time = lastTime.toString(16).padStart(12, '0');
  const nibbles = Array.from(crypto.getRandomValues(new Uint8Array(18)), (byte) => byte & 15);
  const random = nibbles.map((nibble) => nibble.toString(16)).join('');
  return `${time.slice(0, 8)}-${time.slice(8)}-7${random.slice(0, 3)}-8${random.slice(3, 6)}-${random.slice(6)}`;
}
