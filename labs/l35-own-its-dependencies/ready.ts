import type { LabCheckContext } from '#labs/check-context.ts';
import { pause } from '#labs/pause.ts';

const LIMIT_MS = 30_000;

/** Waits until the gate answers. Throws when it never does: nothing of what is graded has then run. */
export async function waitForService(
  { cluster }: LabCheckContext,
  signal: AbortSignal,
): Promise<void> {
  const until = performance.now() + LIMIT_MS;
  while (performance.now() < until) {
    const { status } = await cluster.fetch(new Request('http://gate/readyz'));
    if (status === 200) return;
    await pause(100, signal);
  }
  throw new Error('The gate was not ready within 30 s: look at its log.');
}
