/** 32 bits with a sign, as PostgreSQL's integer: FNV-1a, because files of strangers are hashed passage by passage while people wait. */
export function hash(text: string): number {
  let bits = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1)
    bits = Math.imul(bits ^ text.charCodeAt(at), 0x01000193);
  return bits | 0;
}
