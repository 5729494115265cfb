// A run in wasm ends in microtasks only. Without a turn of the event loop no new request would be heard, and none
// could join the batch. A message port gives a turn at once; timers wait at least 4 ms when nested.
const TURN_MS = 8;

// Taken when this file is loaded: before learner code runs, a pod takes the message classes away.
const Channel = MessageChannel;

/** In Node a listening port keeps the process alive, unless told not to; in browsers these methods do not exist. */
interface NodePort {
  ref?(): void;
  unref?(): void;
}

/** A function that resolves at once, or after a turn of the event loop when the last was long ago. */
export function createTurns(): () => Promise<void> {
  const { port1, port2 } = new Channel();
  const waits = port1 as NodePort;
  let resume = (): void => {};
  port1.onmessage = () => resume();
  waits.unref?.();
  let turnedAt = performance.now();
  return async () => {
    if (performance.now() - turnedAt < TURN_MS) return;
    waits.ref?.();
    await new Promise<void>((resolve) => {
      resume = resolve;
      port2.postMessage(0);
    });
    waits.unref?.();
    turnedAt = performance.now();
  };
}
