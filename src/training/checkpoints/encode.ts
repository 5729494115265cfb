import * as z from 'zod';
import type { TrainingState } from '../compute/trainer.ts';
import { crc32 } from './crc32.ts';

const headerSchema = z.strictObject({
  step: z.int().nonnegative(),
  position: z.strictObject({
    epoch: z.int().nonnegative(),
    offset: z.int().nonnegative(),
    shuffledFrom: z.int().nonnegative(),
  }),
  /** Numbers in each tensor; there are as many means and squares. */
  sizes: z.array(z.int().positive()).min(1),
});

const PREFIX = 8;

/** A state in bytes: checksum, length of the header, header as JSON, then parameters, means and squares as float32. */
export function encodeState({
  step,
  position,
  parameters,
  slots,
}: TrainingState): Uint8Array<ArrayBuffer> {
  const sizes = parameters.map(({ length }) => length);
  const header = padded(new TextEncoder().encode(JSON.stringify({ step, position, sizes })));
  const tensors = [...parameters, ...slots.means, ...slots.squares];
  const count = tensors.reduce((sum, { length }) => sum + length, 0);
  const bytes = new Uint8Array(PREFIX + header.length + 4 * count);
  const view = new DataView(bytes.buffer);
  view.setUint32(4, header.length, true);
  bytes.set(header, PREFIX);
  let at = PREFIX + header.length;
  for (const tensor of tensors) {
    bytes.set(new Uint8Array(tensor.buffer, tensor.byteOffset, tensor.byteLength), at);
    at += tensor.byteLength;
  }
  view.setUint32(0, crc32(bytes.subarray(4)), true);
  return bytes;
}

/** The state that was encoded, or null when a byte of it has changed or is missing. */
export function decodeState(bytes: Uint8Array): TrainingState | null {
  if (bytes.length < PREFIX) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint32(0, true) !== crc32(bytes.subarray(4))) return null;
  const length = view.getUint32(4, true);
  const text = new TextDecoder().decode(bytes.subarray(PREFIX, PREFIX + length));
  const { sizes, ...known } = headerSchema.parse(JSON.parse(text));
  let at = PREFIX + length;
  const take = (): Float32Array[] =>
    sizes.map((size) => {
      const values = new Float32Array(bytes.slice(at, at + 4 * size).buffer);
      at += 4 * size;
      return values;
    });
  const parameters = take();
  return { ...known, parameters, slots: { means: take(), squares: take() } };
}

/** Filled with spaces, which JSON ignores, to a multiple of four bytes: the numbers behind it stay aligned. */
function padded(text: Uint8Array): Uint8Array {
  const whole = new Uint8Array(Math.ceil(text.length / 4) * 4).fill(32);
  whole.set(text);
  return whole;
}
