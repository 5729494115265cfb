import { expect, it, vi } from 'vitest';
import { createTurns } from './next-turn.ts';

const after = (ms: number): void => {
  for (const start = performance.now(); performance.now() - start < ms;);
};

it('lets other work in after a while, and not before', async () => {
  const turn = createTurns();
  const heard = vi.fn<() => void>();
  setTimeout(heard, 0);
  await turn();
  expect(heard).not.toHaveBeenCalled();
  after(20);
  await turn();
  await turn();
  await vi.waitFor(() => expect(heard).toHaveBeenCalledOnce());
});

it('works in a pod, where the message classes have been taken away', async () => {
  vi.stubGlobal('MessageChannel', undefined);
  vi.stubGlobal('MessagePort', undefined);
  const turn = createTurns();
  after(20);
  await expect(turn()).resolves.toBeUndefined();
  vi.unstubAllGlobals();
});
