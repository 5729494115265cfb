/** One field of a protobuf message: a whole number, or bytes that may be a message, a text or packed numbers. */
export interface Field {
  readonly field: number;
  readonly value?: number;
  readonly bytes?: Uint8Array;
}

/** The fields of a message in their order, as much of the wire format as an `.onnx` file has. Throws where it is cut off. */
export function fieldsOf(message: Uint8Array): Field[] {
  const fields: Field[] = [];
  let at = 0;
  const varint = (): number => {
    let [value, factor] = [0, 1];
    for (;;) {
      const byte = message[at++];
      if (byte === undefined) throw new Error('The ONNX file ends inside a field.');
      value += (byte & 127) * factor;
      if (byte < 128) return value;
      factor *= 128;
    }
  };
  while (at < message.length) {
    const tag = varint();
    const field = Math.floor(tag / 8);
    const wireType = tag % 8;
    if (wireType === 0) fields.push({ field, value: varint() });
    else if (wireType === 5) at += 4;
    else {
      const length = varint();
      fields.push({ field, bytes: message.subarray(at, at + length) });
      at += length;
    }
  }
  return fields;
}
