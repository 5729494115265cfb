/** A latency as the tester prints it; Infinity is a request without an answer. */
export function describeLatency(milliseconds: number, timeoutSeconds: number): string {
  if (Number.isNaN(milliseconds)) return 'nothing was measured';
  if (milliseconds === Infinity) return `no answer within ${timeoutSeconds} s`;
  if (milliseconds < 1000) return `${milliseconds.toFixed(1)} ms`;
  return `${(milliseconds / 1000).toFixed(2)} s`;
}
