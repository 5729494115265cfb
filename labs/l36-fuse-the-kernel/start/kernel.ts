import countedMemory from './counted-memory.wgsl';
import { KernelTrouble, type OpenDevice } from './device.ts';
import { limitLoops, MOST_TURNS } from './limit-loops.ts';
import memory from './memory.wgsl';

/** One line of passes.yaml. */
export interface Pass {
  readonly entry: string;
  readonly over: 'rows' | 'numbers';
  readonly each: number;
}

/** A shader with the passes that are dispatched of it. */
export interface Source {
  readonly file: string;
  readonly text: string;
  readonly passes: readonly Pass[];
}

export interface Shape {
  readonly rows: number;
  readonly columns: number;
  readonly stride: number;
  readonly scale: number;
}

/** What one run left. */
export interface Run {
  readonly weights: Float32Array;
  /** Scores read, weights written, scratch read, scratch written, scores and weights outside; empty where nothing counted. */
  readonly counts: readonly number[];
}

/** A shader with its buffers for one shape, ready to be dispatched. */
export interface Kernel {
  /** Puts every pass into one submission, `times` times over, and waits for it: milliseconds. */
  dispatch(times: number): Promise<number>;
  read(): Promise<Run>;
  destroy(): void;
}

/** Weights that nobody wrote have this value. */
export const UNTOUCHED = -7;

const USAGE = { MAP_READ: 1, COPY_SRC: 4, COPY_DST: 8, UNIFORM: 64, STORAGE: 128 } as const;
const COUNTS = 7;
/** Buffers get another name in every compilation, so that passes go through the functions. */
const BUFFER_NAMES = /\bm_(?=[a-z])/g;

/** Compiles and fills; rejects with what the browser says of the source, with file, line and column. */
export async function openKernel(
  { device }: OpenDevice,
  source: Source,
  shape: Shape,
  scores: Float32Array<ArrayBuffer>,
  isCounted: boolean,
): Promise<Kernel> {
  const layout = device.createBindGroupLayout({
    entries: ['uniform', 'read-only-storage', 'storage', 'storage', 'storage']
      .slice(0, isCounted ? 5 : 4)
      .map((type, binding) => ({
        binding,
        visibility: 4,
        buffer: { type: type as GPUBufferBindingType },
      })),
  });
  const module = await compile(device, source, isCounted);
  const pipelines = await Promise.all(
    source.passes.map((pass) => openPipeline(device, layout, module, pass)),
  );
  const buffers = fill(device, shape, scores, isCounted);
  const group = device.createBindGroup({
    layout,
    entries: buffers.map((buffer, binding) => ({ binding, resource: { buffer } })),
  });
  return {
    async dispatch(times) {
      const from = performance.now();
      const encoder = device.createCommandEncoder();
      for (let time = 0; time < times; time += 1)
        for (const [at, { over, each }] of source.passes.entries()) {
          const pass = encoder.beginComputePass();
          pass.setPipeline(pipelines[at] as GPUComputePipeline);
          pass.setBindGroup(0, group);
          const numbers = over === 'rows' ? shape.rows : shape.rows * shape.stride;
          pass.dispatchWorkgroups(Math.ceil(numbers / each));
          pass.end();
        }
      await checked(device, () => device.queue.submit([encoder.finish()]));
      await device.queue.onSubmittedWorkDone();
      return performance.now() - from;
    },
    async read() {
      const [, , weights, , counts] = buffers;
      const found = await readBuffer(device, weights as GPUBuffer);
      const counted = counts ? new Uint32Array(await readBuffer(device, counts)) : [];
      const line = counted[COUNTS - 1] ?? 0;
      if (line > 0)
        throw new KernelTrouble(
          'time',
          `${source.file}:${line}: This loop made more than ${MOST_TURNS.toLocaleString('en-GB')} turns and was ended. Look for a counter that does not grow.`,
        );
      return { weights: new Float32Array(found), counts: [...counted] };
    },
    destroy: () => buffers.forEach((buffer) => buffer.destroy()),
  };
}

async function compile(
  device: GPUDevice,
  source: Source,
  isCounted: boolean,
): Promise<GPUShaderModule> {
  const before = isCounted ? countedMemory : memory;
  const own = source.text.split('\n').findIndex((line) => /^[^/]*@(group|binding)\b/.test(line));
  if (own >= 0)
    throw new KernelTrouble(
      'source',
      `${source.file}:${own + 1}: Passes have the buffers of memory.wgsl and none of their own. Use its functions.`,
    );
  const prefix = `m${Math.random().toString(36).slice(2, 8)}_`;
  const head = before.replaceAll(BUFFER_NAMES, prefix);
  // As it was written first, so that lines and columns are those of the file.
  const written = device.createShaderModule({ code: `${head}\n${source.text}` });
  const { messages } = await written.getCompilationInfo();
  const above = head.split('\n').length;
  const wrong = messages.filter(({ type }) => type === 'error');
  if (wrong.length > 0)
    throw new KernelTrouble(
      'source',
      wrong
        .slice(0, 5)
        .map(
          ({ lineNum, linePos, message }) =>
            // A message may go on with the line itself, which the editor shows.
            `${source.file}:${Math.max(1, lineNum - above)}:${linePos}: ${message.split('\n')[0] ?? message}`,
        )
        .join('\n'),
    );
  if (!isCounted) return written;
  return device.createShaderModule({ code: `${head}\n${limitLoops(source.text, prefix)}` });
}

async function openPipeline(
  device: GPUDevice,
  layout: GPUBindGroupLayout,
  module: GPUShaderModule,
  { entry }: Pass,
): Promise<GPUComputePipeline> {
  try {
    return await device.createComputePipelineAsync({
      layout: device.createPipelineLayout({ bindGroupLayouts: [layout] }),
      compute: { module, entryPoint: entry },
    });
  } catch (error) {
    const text = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
    throw new KernelTrouble('source', `The pass "${entry}" of passes.yaml: ${text}`);
  }
}

function fill(
  device: GPUDevice,
  { rows, columns, stride, scale }: Shape,
  scores: Float32Array<ArrayBuffer>,
  isCounted: boolean,
): GPUBuffer[] {
  const make = (bytes: number, usage: number): GPUBuffer =>
    device.createBuffer({ size: bytes, usage: usage | USAGE.COPY_DST | USAGE.COPY_SRC });
  const settings = new DataView(new ArrayBuffer(16));
  [rows, columns, stride].forEach((value, at) => settings.setUint32(4 * at, value, true));
  settings.setFloat32(12, scale, true);
  const numbers = rows * stride;
  const uniform = make(16, USAGE.UNIFORM);
  const input = make(4 * numbers, USAGE.STORAGE);
  const weights = make(4 * numbers, USAGE.STORAGE);
  const scratch = make(4 * (numbers + 2 * rows), USAGE.STORAGE);
  device.queue.writeBuffer(uniform, 0, settings.buffer);
  device.queue.writeBuffer(input, 0, scores);
  device.queue.writeBuffer(weights, 0, new Float32Array(numbers).fill(UNTOUCHED));
  return [
    uniform,
    input,
    weights,
    scratch,
    ...(isCounted ? [make(4 * COUNTS, USAGE.STORAGE)] : []),
  ];
}

/** Trouble that WebGPU tells beside the call and not by it, for example too many workgroups. */
async function checked(device: GPUDevice, submit: () => void): Promise<void> {
  device.pushErrorScope('validation');
  submit();
  const error = await device.popErrorScope();
  if (error) throw new KernelTrouble('source', error.message.split('\n')[0] ?? error.message);
}

async function readBuffer(device: GPUDevice, buffer: GPUBuffer): Promise<ArrayBuffer> {
  const readable = device.createBuffer({
    size: buffer.size,
    usage: USAGE.COPY_DST | USAGE.MAP_READ,
  });
  const encoder = device.createCommandEncoder();
  encoder.copyBufferToBuffer(buffer, 0, readable, 0, buffer.size);
  device.queue.submit([encoder.finish()]);
  await readable.mapAsync(1);
  const bytes = readable.getMappedRange().slice(0);
  readable.destroy();
  return bytes;
}
