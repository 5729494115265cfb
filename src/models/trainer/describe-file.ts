import { createHash } from 'node:crypto';
import type { Manifest } from '../manifest.ts';

/** A file as the manifest names it: path inside the model's folder, size, SHA-256. */
export function describeFile(path: string, bytes: Uint8Array): Manifest['files']['model'] {
  return { path, bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') };
}
