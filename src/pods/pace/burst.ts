/** Runs in a sandboxed worker of its own: a fixed piece of arithmetic on demand, and how long it took. */
export default function serveBursts(port: MessagePort): void {
  let sum = 0;
  port.onmessage = ({ data: rounds }: MessageEvent<number>) => {
    const from = performance.now();
    for (let round = 0; round < rounds; round += 1) sum = (Math.imul(sum, 31) + round) | 0;
    // The sum leaves the worker so that no compiler may drop the loop.
    port.postMessage({ elapsedMs: performance.now() - from, sum });
  };
}
