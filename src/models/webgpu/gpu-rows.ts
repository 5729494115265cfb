import type { KvRows, KvShape } from '../generation/kv-cache.ts';

/** Keys and values of rows in the device's memory. */
export interface GpuRows extends KvRows {
  /** Key and value in turn for each layer, float [rows, heads, columns, headSize]. */
  readonly buffers: readonly GPUBuffer[];
}

/** The first `tokens` of row `row` of `from`, put into row `to` behind its first `behind` tokens. */
export interface RowCopy {
  readonly from: GpuRows;
  readonly row: number;
  readonly to: number;
  readonly tokens: number;
  readonly behind: number;
}

/** Rows of zeros; none of them has a token until one is copied in. */
export function allocate(
  device: GPUDevice,
  { layers, heads, headSize }: KvShape,
  lengths: readonly number[],
  columns: number,
): GpuRows {
  const size = lengths.length * heads * columns * headSize * Float32Array.BYTES_PER_ELEMENT;
  const usage = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST;
  const buffers =
    size === 0
      ? []
      : Array.from({ length: 2 * layers }, () => device.createBuffer({ size, usage }));
  return { buffers, columns, lengths: [...lengths] };
}

/** Copies tokens on the device, in the order of its queue, so that runs submitted later see them. */
export function copyRows(
  device: GPUDevice,
  { heads, headSize }: KvShape,
  into: GpuRows,
  copies: readonly RowCopy[],
): void {
  const encoder = device.createCommandEncoder();
  const bytes = (numbers: number): number => numbers * Float32Array.BYTES_PER_ELEMENT;
  into.buffers.forEach((target, index) => {
    for (const { from, row, to, tokens, behind } of copies) {
      const source = from.buffers[index];
      if (!source || tokens === 0) continue;
      for (let head = 0; head < heads; head++)
        encoder.copyBufferToBuffer(
          source,
          bytes((row * heads + head) * from.columns * headSize),
          target,
          bytes(((to * heads + head) * into.columns + behind) * headSize),
          bytes(tokens * headSize),
        );
    }
  });
  device.queue.submit([encoder.finish()]);
}
