let lastTime = 0;

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
