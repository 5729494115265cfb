let lastTime = 0;

/**
 * A UUID version 7. Ids of one tab ascend even within a millisecond or when the clock steps back.
 * `crypto.randomUUID` is not used because it is absent on plain http, where an air-gapped site may run.
 */
export function newId(now = Date.now()): string {
  lastTime = Math.max(now, lastTime + 1);
  const time = lastTime.toString(16).padStart(12, '0');
  const random = crypto.getRandomValues(new Uint8Array(18));
  const [a, b, c] = [3, 6, 18].map((end, index) => hexDigits(random.slice(index * 3, end)));
  return `${time.slice(0, 8)}-${time.slice(8)}-7${a}-8${b}-${c}`;
}

function hexDigits(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => (byte & 15).toString(16)).join('');
}
