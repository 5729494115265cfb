/** The body as text; null where it is longer than so many bytes, of which no more than those are read. */
export async function readBody(request: Request, longest: number): Promise<string | null> {
  if (Number(request.headers.get('Content-Length') ?? 0) > longest) return null;
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of request.body ?? []) {
    length += part.byteLength;
    if (length > longest) return null;
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}
