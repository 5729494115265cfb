import { BOOT_LIMIT_MS, NodeUnavailable } from '../node-unavailable.ts';
import type { WebContainer } from '@webcontainer/api';

/** `WebContainer.boot` of the package, or of a test. */
export type Boot = () => Promise<WebContainer>;

/** A boot that was not answered blocks every later one in the package itself, until the page is reloaded. */
let isStuck = false;

/** Boots within `limitMs`. Rejects with `NodeUnavailable`, or with the signal's reason. */
export async function bootWithin(
  boot: Boot,
  signal: AbortSignal,
  limitMs: number = BOOT_LIMIT_MS,
): Promise<WebContainer> {
  signal.throwIfAborted();
  if (isStuck) throw new NodeUnavailable('no-answer', limitMs);
  const { promise: stopped, reject } = Promise.withResolvers<never>();
  const late = setTimeout(() => {
    isStuck = true;
    reject(new NodeUnavailable('no-answer', limitMs));
  }, limitMs);
  const onAbort = (): void => reject(signal.reason);
  signal.addEventListener('abort', onAbort);
  const booting = boot().catch((error: unknown) => {
    if (error instanceof NodeUnavailable) throw error;
    throw new NodeUnavailable('refused', limitMs, { cause: error });
  });
  try {
    return await Promise.race([booting, stopped]);
  } catch (error) {
    // One that answers after all is nobody's, and would keep the next from booting.
    booting.then(
      (container) => {
        isStuck = false;
        container.teardown();
      },
      () => {
        isStuck = false;
      },
    );
    throw error;
  } finally {
    clearTimeout(late);
    signal.removeEventListener('abort', onAbort);
  }
}
