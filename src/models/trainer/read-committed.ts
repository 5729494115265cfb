import { readFile } from 'node:fs/promises';
import { parseManifest, type Manifest } from '../manifest.ts';

/** A committed model's files as they lie on the disk. */
export interface Committed {
  readonly manifest: Manifest;
  readonly model: Uint8Array;
  /** Empty for a model that reads numbers. */
  readonly tokenizer: object;
}

/** Reads `models/<name>/`; hashes are not compared. */
export async function readCommitted(name: string): Promise<Committed> {
  const folder = `models/${name}`;
  const manifest = parseManifest(await readFile(`${folder}/manifest.json`, 'utf8'));
  const { files } = manifest;
  const tokenizer =
    'tokenizer' in files ? await readFile(`${folder}/${files.tokenizer.path}`, 'utf8') : '{}';
  return {
    manifest,
    model: await readFile(`${folder}/${files.model.path}`),
    tokenizer: JSON.parse(tokenizer) as object,
  };
}
