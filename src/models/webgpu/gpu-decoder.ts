import { Tensor, type InferenceSession } from 'onnxruntime-web/webgpu';
import type { Decoder } from '../generation/decoder.ts';
import { measureRows, type KvShape } from '../generation/kv-cache.ts';
import { pickLogits, tokenFeeds } from '../generation/run-tokens.ts';
import { allocate, copyRows, type GpuRows } from './gpu-rows.ts';

/** One run of the engine; never two at a time. */
export type RunOnDevice = (
  feeds: InferenceSession.FeedsType,
) => Promise<InferenceSession.ReturnType>;

const LOGITS = 'logits';

/**
 * A decoder whose keys and values stay in the device's memory: a run reads them from there, and what it makes is copied
 * behind them on the device. Only ids go over, and only scores come back.
 */
export function createGpuDecoder(
  device: GPUDevice,
  shape: KvShape,
  run: RunOnDevice,
): Decoder<GpuRows> {
  return {
    // The engine takes no tensor without elements from the device, so empty rows have room for the first block.
    empty: (rows) => allocate(device, shape, zeros(rows), 16),
    arrange(picks, extra = 1) {
      const { lengths, columns } = measureRows(picks, extra);
      const made = allocate(device, shape, lengths, columns);
      copyRows(
        device,
        shape,
        made,
        picks.map(({ cache, row }, to) => {
          const tokens = lengths[to] ?? 0;
          return { from: cache, row, to, tokens, behind: 0 };
        }),
      );
      return made;
    },
    async run(cache, rows) {
      const outputs = await run({ ...toTensors(cache, rows), ...kvFeeds(shape, cache) });
      const logits = (await outputs[LOGITS]?.getData(true)) as Float32Array;
      const tokens = Math.max(...rows.map(({ length }) => length));
      const made = takeKv(shape, outputs, rows.length, tokens);
      return {
        logitsOf: (row) => pickLogits(logits, shape, rows, row),
        keepIn(into, counts) {
          copyRows(
            device,
            shape,
            into,
            counts.map((count, row) => {
              const behind = into.lengths[row] ?? 0;
              return { from: made, row, to: row, tokens: count, behind };
            }),
          );
          counts.forEach((count, row) => (into.lengths[row] = (into.lengths[row] ?? 0) + count));
          for (const output of Object.values(outputs)) output.dispose();
        },
      };
    },
    free: ({ buffers }) => {
      for (const buffer of buffers) buffer.destroy();
    },
  };
}

function toTensors(
  cache: GpuRows,
  rows: readonly (readonly number[])[],
): InferenceSession.FeedsType {
  const feeds = Object.entries(tokenFeeds(cache, rows)).map(([name, { type, data, dims }]) => [
    name,
    type === 'int64' ? new Tensor(type, data, dims) : new Tensor(type, data, dims),
  ]);
  return Object.fromEntries(feeds) as InferenceSession.FeedsType;
}

function kvFeeds(
  { heads, headSize }: KvShape,
  { buffers, columns, lengths }: GpuRows,
): InferenceSession.FeedsType {
  const dims = [lengths.length, heads, columns, headSize];
  const feeds = buffers.map((buffer, index) => [
    `past_${nameOf(index)}`,
    Tensor.fromGpuBuffer(buffer, { dataType: 'float32', dims }),
  ]);
  return Object.fromEntries(feeds) as InferenceSession.FeedsType;
}

/** The run's new keys and values as rows without anything before them. */
function takeKv(
  { layers }: KvShape,
  outputs: InferenceSession.ReturnType,
  rows: number,
  tokens: number,
): GpuRows {
  const buffers = Array.from({ length: 2 * layers }, (_, index) => {
    const tensor = outputs[`new_${nameOf(index)}`];
    if (tensor?.location !== 'gpu-buffer')
      throw new Error(`The model gave no new_${nameOf(index)} on the device.`);
    return tensor.gpuBuffer as GPUBuffer;
  });
  return { buffers, columns: tokens, lengths: zeros(rows) };
}

function zeros(count: number): number[] {
  return Array.from({ length: count }, () => 0);
}

function nameOf(index: number): string {
  return `${index % 2 === 0 ? 'key' : 'value'}.${Math.floor(index / 2)}`;
}
