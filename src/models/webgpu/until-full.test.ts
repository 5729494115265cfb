import { expect, test, vi } from 'vitest';
import { untilFull } from './until-full.ts';

test('a device that found no room for a buffer is full; another error is not that', async () => {
  class Full extends Error {}
  vi.stubGlobal('GPUOutOfMemoryError', Full);
  const device = new EventTarget();
  const told = vi.fn();
  void untilFull(device).then(told);
  const raise = async (error: Error) => {
    device.dispatchEvent(Object.assign(new Event('uncapturederror'), { error }));
    await Promise.resolve();
  };
  await raise(new Error('a binding is missing'));
  expect(told).not.toHaveBeenCalled();
  await raise(new Full('no room for 4 GB'));
  await vi.waitFor(() =>
    expect(told).toHaveBeenCalledWith('it is out of memory: no room for 4 GB'),
  );
  vi.unstubAllGlobals();
});
