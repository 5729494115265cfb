import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { openCopy } from './kernels.ts';

const MiB = 1 << 20;

beforeAll(() => void vi.stubGlobal('GPUBufferUsage', { STORAGE: 128 }));
afterAll(() => void vi.unstubAllGlobals());

/** No device here runs out of memory when it is asked to, so this one says that it has `room` bytes. */
function deviceWith(room: number) {
  let held = 0;
  let isOver = false;
  const device = {
    pushErrorScope: () => void (isOver = false),
    popErrorScope: () => Promise.resolve(isOver ? { message: 'no memory left' } : null),
    createBuffer({ size }: { size: number }) {
      held += size;
      isOver ||= held > room;
      return { destroy: () => void (held -= size) };
    },
    createShaderModule: () => ({ getCompilationInfo: () => Promise.resolve({ messages: [] }) }),
    createComputePipelineAsync: () => Promise.resolve({ getBindGroupLayout: () => null }),
    createBindGroup: () => null,
  };
  return { device: device as unknown as GPUDevice, held: () => held };
}

test('a copy takes half as much until the device has room for both buffers', async () => {
  const { device, held } = deviceWith(70 * MiB);
  const copy = await openCopy(device, 256 * MiB);
  expect(copy.bytes).toBe(32 * MiB);
  expect(copy.work).toBeCloseTo((64 * MiB) / 1e9);
  expect(held()).toBe(64 * MiB);
  copy.destroy();
  expect(held()).toBe(0);
});

test('a device without room for two megabytes is told, with what to do, and keeps nothing', async () => {
  const { device, held } = deviceWith(MiB);
  await expect(openCopy(device, 4 * MiB)).rejects.toThrowErrorMatchingInlineSnapshot(
    `[Error: The device has no memory for two buffers of 1 MB (no memory left). Close other tabs that use it and measure again.]`,
  );
  expect(held()).toBe(0);
});
