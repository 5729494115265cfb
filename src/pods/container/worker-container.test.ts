import { expect, test } from 'vitest';
import type { PodMessage } from '../control/messages.ts';
import { defaultLimits } from './limits.ts';
import { WorkerContainer } from './worker-container.ts';

const settle = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

/** A container whose other end only says what it is told to say, and answers no ping. */
function openSilent(): { container: WorkerContainer; say: (message: PodMessage) => void } {
  const { port1, port2 } = new MessageChannel();
  const container = new WorkerContainer(
    {
      port: port1,
      kill() {
        port1.close();
      },
    },
    {
      name: 'triage',
      code: '',
      env: {},
      onLog() {},
      readAsset: () => Promise.reject(new Error('no files here')),
      onFetch: () => Promise.reject(new Error('no network here')),
    },
    { ...defaultLimits, silentMs: 200, startSilentMs: 200 },
    { slowdown: () => 1, measure() {} },
  );
  container.ready.catch(() => {});
  return {
    container,
    say(message) {
      port2.postMessage(message);
    },
  };
}

test('a pod that loads its model after it exported its handler is not taken for one that hangs', async () => {
  const { container, say } = openSilent();
  say({ t: 'busy', isBusy: true });
  say({ t: 'ready' });
  await container.ready;
  const early = await Promise.race([container.exited, settle(800)]);
  expect(early).toBeUndefined();
  say({ t: 'busy', isBusy: false });
  expect((await container.exited).reason).toBe('Unresponsive');
});
