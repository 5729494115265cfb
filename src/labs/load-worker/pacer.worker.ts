import type { PacerNews, WakeCommand } from './messages.ts';

/*
 * Sleeps for the load worker. `setTimeout` wakes 2 to 4 ms late; `Atomics.wait` does not, but it
 * blocks its thread, and the load worker's must stay free to time the answers. So the sleep has a
 * thread of its own. Shared WebAssembly memory exists without cross-origin isolation, where the
 * SharedArrayBuffer constructor does not, and it never leaves this thread.
 */
const cell = createCell();

onmessage = ({ data }: MessageEvent<WakeCommand>) => {
  if (cell) sleepUntil(cell, data.at);
  say('awake');
};
say(cell ? 'ready' : 'unavailable');

function createCell(): Int32Array | null {
  try {
    const memory = new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true });
    const shared = new Int32Array(memory.buffer);
    Atomics.wait(shared, 0, 0, 0);
    return shared;
  } catch {
    // An engine may refuse shared memory or waiting; the load worker then paces itself.
    return null;
  }
}

function sleepUntil(shared: Int32Array, at: number): void {
  const milliseconds = at - (performance.timeOrigin + performance.now());
  if (milliseconds > 0) Atomics.wait(shared, 0, 0, milliseconds);
}

function say(news: PacerNews): void {
  postMessage(news);
}
