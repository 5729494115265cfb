const wholeBodies = new WeakMap<Request | Response, BodyInit | null>();
const encoder = new TextEncoder();

/** Remembers what a message was built from, so that sending it on need not read a stream. */
export function rememberWholeBody(message: Request | Response, body: BodyInit | null): void {
  wholeBodies.set(message, body);
}

/** The body's bytes where they are known without reading, null for no body, undefined when not known. */
export function wholeBody(message: Request | Response): Uint8Array<ArrayBuffer> | null | undefined {
  if (message.bodyUsed) return undefined;
  const body = wholeBodies.get(message);
  if (typeof body === 'string') return encoder.encode(body);
  if (body instanceof Uint8Array) return own(body as Uint8Array<ArrayBuffer>);
  if (body instanceof ArrayBuffer) return new Uint8Array(body.slice(0));
  return body === null ? null : undefined;
}

/** Structured clone copies the whole buffer behind a view, so a view must stand alone. */
function own(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  return bytes.byteLength === bytes.buffer.byteLength ? bytes : bytes.slice();
}
