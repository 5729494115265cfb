// A run in wasm ends in microtasks only. Without a turn of the event loop no new request would be heard, and none
// could join the batch. A message port gives a turn at once; timers wait at least 4 ms when nested.
const TURN_MS = 8;

/** A function that resolves at once, or after a turn of the event loop when the last was long ago. */
export function createTurns(): () => Promise<void> {
  let turnedAt = performance.now();
  return async () => {
    if (performance.now() - turnedAt < TURN_MS) return;
    const { port1, port2 } = new MessageChannel();
    await new Promise<void>((resolve) => {
      port1.onmessage = () => resolve();
      port2.postMessage(0);
    });
    port1.close();
    turnedAt = performance.now();
  };
}
