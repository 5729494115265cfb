/**
 * The protobuf wire format, as much of it as an ONNX file needs. A message is a row of fields; each field is a
 * number (field number and wire type in one) followed by its content. Nothing else is in an `.onnx` file.
 */
export interface Message {
  /** A whole number, negative ones as 64-bit two's complement. */
  integer(field: number, value: number | bigint): Message;
  float(field: number, value: number): Message;
  text(field: number, value: string): Message;
  bytes(field: number, value: Uint8Array): Message;
  message(field: number, value: Message): Message;
  finish(): Uint8Array;
}

const VARINT = 0;
const LENGTH_DELIMITED = 2;
const FIXED_32 = 5;

/** An empty message to write fields into. */
export function createMessage(): Message {
  const chunks: Uint8Array[] = [];
  const tag = (field: number, wireType: number): number =>
    chunks.push(varint((field << 3) | wireType));
  const message: Message = {
    integer(field, value) {
      tag(field, VARINT);
      chunks.push(varint(value));
      return message;
    },
    float(field, value) {
      tag(field, FIXED_32);
      const bytes = new Uint8Array(4);
      new DataView(bytes.buffer).setFloat32(0, value, true);
      chunks.push(bytes);
      return message;
    },
    text: (field, value) => message.bytes(field, new TextEncoder().encode(value)),
    bytes(field, value) {
      tag(field, LENGTH_DELIMITED);
      chunks.push(varint(value.length), value);
      return message;
    },
    message: (field, value) => message.bytes(field, value.finish()),
    finish: () => concatenate(chunks),
  };
  return message;
}

/** Seven bits a byte, lowest first; the top bit says that more follow. */
function varint(value: number | bigint): Uint8Array {
  let rest = BigInt.asUintN(64, BigInt(value));
  const bytes: number[] = [];
  do {
    const low = Number(rest & 127n);
    rest >>= 7n;
    bytes.push(rest ? low | 128 : low);
  } while (rest);
  return Uint8Array.from(bytes);
}

function concatenate(chunks: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(chunks.reduce((sum, chunk) => sum + chunk.length, 0));
  let offset = 0;
  for (const chunk of chunks) {
    all.set(chunk, offset);
    offset += chunk.length;
  }
  return all;
}
