import copyWgsl from '../kernels/copy.wgsl?raw';
import multiplyAddWgsl from '../kernels/multiply-add.wgsl?raw';
import productWgsl from '../kernels/matrix-product.wgsl?raw';
import type { Encode } from './device-timer.ts';

/** A kernel with its buffers, ready to be dispatched. */
export interface Kernel {
  readonly encode: Encode;
  /** What one dispatch does, in GB moved or GFLOP. */
  readonly work: number;
  destroy(): void;
}

const LEAST_BYTES = 1 << 20;
const MOST_GROUPS = 65_535;

/** Copies one buffer to another; halves them where there is no room. `bytes` is what each had in the end. */
export async function openCopy(
  device: GPUDevice,
  wanted: number,
): Promise<Kernel & { readonly bytes: number }> {
  for (let bytes = wanted; ; bytes /= 2) {
    device.pushErrorScope('out-of-memory');
    const { STORAGE } = GPUBufferUsage;
    const buffers = [0, 1].map(() => device.createBuffer({ size: bytes, usage: STORAGE }));
    const failure = await device.popErrorScope();
    const destroy = (): void => buffers.forEach((buffer) => buffer.destroy());
    if (!failure) {
      const groups = bytes / 16 / 256;
      // Rows of one length: what lies beyond the buffer costs time too and copies nothing.
      const y = Math.ceil(groups / MOST_GROUPS);
      const x = Math.ceil(groups / y);
      const encode = await open(device, copyWgsl, buffers, [x, y]);
      return { encode, work: (2 * bytes) / 1e9, bytes, destroy };
    }
    destroy();
    if (bytes <= LEAST_BYTES)
      throw new Error(
        `The device has no memory for two buffers of 1 MB (${failure.message}). Close other tabs that use it and measure again.`,
      );
  }
}

/** Chains of multiply-adds in registers. */
export async function openMultiplyAdd(device: GPUDevice, invocations: number): Promise<Kernel> {
  const steps = 512;
  const { UNIFORM, COPY_DST, STORAGE } = GPUBufferUsage;
  const settings = device.createBuffer({ size: 16, usage: UNIFORM | COPY_DST });
  const values = new DataView(new ArrayBuffer(16));
  values.setUint32(0, steps, true);
  values.setFloat32(4, 0.999, true);
  values.setFloat32(8, 0.001, true);
  device.queue.writeBuffer(settings, 0, values.buffer);
  const sink = device.createBuffer({ size: 16 * invocations, usage: STORAGE });
  const encode = await open(device, multiplyAddWgsl, [settings, sink], [invocations / 64, 1]);
  return {
    encode,
    work: (invocations * steps * 64) / 1e9,
    destroy: () => [settings, sink].forEach((buffer) => buffer.destroy()),
  };
}

/** A product of two square matrices; `error` runs it once and compares some of its rows with the same product here. */
export async function openProduct(
  device: GPUDevice,
  size: number,
): Promise<Kernel & { error(): Promise<number> }> {
  const { STORAGE, COPY_DST, COPY_SRC, MAP_READ } = GPUBufferUsage;
  const bytes = 4 * size * size;
  const fill = (seed: number): Float32Array<ArrayBuffer> =>
    Float32Array.from({ length: size * size }, (_, at) => ((at * seed) % 19) / 19 - 0.5);
  const [a, b] = [fill(7), fill(11)];
  const [left, right] = [a, b].map((values) => {
    const buffer = device.createBuffer({ size: bytes, usage: STORAGE | COPY_DST });
    device.queue.writeBuffer(buffer, 0, values);
    return buffer;
  }) as [GPUBuffer, GPUBuffer];
  const result = device.createBuffer({ size: bytes, usage: STORAGE | COPY_SRC });
  const encode = await open(
    device,
    productWgsl,
    [left, right, result],
    [size / 4 / 8, size / 4 / 8],
    { SIZE: size },
  );
  return {
    encode,
    work: (2 * size ** 3) / 1e9,
    async error() {
      const readable = device.createBuffer({ size: bytes, usage: COPY_DST | MAP_READ });
      const encoder = device.createCommandEncoder();
      const pass = encoder.beginComputePass();
      encode(pass, 1);
      pass.end();
      encoder.copyBufferToBuffer(result, 0, readable, 0, bytes);
      device.queue.submit([encoder.finish()]);
      await readable.mapAsync(GPUMapMode.READ);
      const found = new Float32Array(readable.getMappedRange().slice(0));
      readable.destroy();
      return largestError(found, a, b, size);
    },
    destroy: () => [left, right, result].forEach((buffer) => buffer.destroy()),
  };
}

/** Every 37th row, which costs a processor little and no kernel can know. */
function largestError(c: Float32Array, a: Float32Array, b: Float32Array, size: number): number {
  let error = 0;
  for (let row = 0; row < size; row += 37)
    for (let column = 0; column < size; column++) {
      let sum = 0;
      for (let k = 0; k < size; k++) sum += (a[row * size + k] ?? 0) * (b[k * size + column] ?? 0);
      const off = Math.abs(sum - (c[row * size + column] ?? Number.NaN));
      if (!(off <= error)) error = off;
    }
  return error;
}

/** A pipeline over these buffers; rejects with line and column where the browser refuses the shader. */
async function open(
  device: GPUDevice,
  code: string,
  buffers: readonly GPUBuffer[],
  [x, y]: readonly [number, number],
  constants: Record<string, number> = {},
): Promise<Encode> {
  const module = device.createShaderModule({ code });
  const { messages } = await module.getCompilationInfo();
  const wrong = messages.find(({ type }) => type === 'error');
  if (wrong)
    throw new Error(
      `The shader does not compile: ${wrong.lineNum}:${wrong.linePos} ${wrong.message}`,
    );
  const pipeline = await device.createComputePipelineAsync({
    layout: 'auto',
    compute: { module, constants },
  });
  const group = device.createBindGroup({
    layout: pipeline.getBindGroupLayout(0),
    entries: buffers.map((buffer, binding) => ({ binding, resource: { buffer } })),
  });
  return (pass, times) => {
    pass.setPipeline(pipeline);
    pass.setBindGroup(0, group);
    for (let time = 0; time < times; time++) pass.dispatchWorkgroups(x, y);
  };
}
