import { modelCorrupt, modelMissing, unknownModel, unknownVariant } from './errors.ts';
import { parseManifest, type Manifest } from './manifest.ts';
import type { AssetSource } from './serve.ts';

/** A model's verified files. */
export interface ModelPackage {
  readonly manifest: Manifest;
  readonly model: Uint8Array;
  /** Empty for a model that reads numbers. */
  readonly tokenizer: object;
}

const MODEL_NAME = /^[a-z0-9][a-z0-9-]*$/;

/** Reads `models/<name>/` and compares every file with its hash before anything in it is interpreted. */
export async function openPackage(
  source: AssetSource,
  name: string,
  variant?: string,
): Promise<ModelPackage> {
  if (!MODEL_NAME.test(name)) throw unknownModel(name);
  const manifest = await readManifest(source, name);
  const [model, tokenizer] = await Promise.all([
    readVerified(source, name, modelFile(manifest, variant)),
    'tokenizer' in manifest.files
      ? readVerified(source, name, manifest.files.tokenizer)
      : new TextEncoder().encode('{}'),
  ]);
  return { manifest, model, tokenizer: JSON.parse(new TextDecoder().decode(tokenizer)) as object };
}

function modelFile(manifest: Manifest, variant: string | undefined): Manifest['files']['model'] {
  if (variant === undefined) return manifest.files.model;
  const found = manifest.variants.find((candidate) => candidate.name === variant);
  if (found) return found.file;
  throw unknownVariant(
    manifest.name,
    variant,
    manifest.variants.map((known) => known.name),
  );
}

async function readManifest(source: AssetSource, name: string): Promise<Manifest> {
  const path = `models/${name}/manifest.json`;
  const bytes = await source.readAsset(path).catch((cause: unknown) => {
    throw unknownModel(name, cause);
  });
  try {
    const manifest = parseManifest(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    if (manifest.name !== name) throw new Error(`it describes "${manifest.name}"`);
    return manifest;
  } catch (cause) {
    throw modelCorrupt(path, `it is not the manifest of this model (${firstLine(cause)})`, cause);
  }
}

async function readVerified(
  source: AssetSource,
  name: string,
  file: Manifest['files']['model'],
): Promise<Uint8Array> {
  const path = `models/${name}/${file.path}`;
  const bytes = await source.readAsset(path).catch((cause: unknown) => {
    throw modelMissing(path, cause);
  });
  if (bytes.length !== file.bytes)
    throw modelCorrupt(path, `it has ${bytes.length} bytes instead of ${file.bytes}`);
  const found = await sha256(bytes);
  if (found !== file.sha256)
    throw modelCorrupt(path, `its SHA-256 is ${found} instead of ${file.sha256}`);
  return bytes;
}

async function sha256(bytes: Uint8Array): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', bytes as Uint8Array<ArrayBuffer>);
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

function firstLine(cause: unknown): string {
  const message = cause instanceof Error ? cause.message : String(cause);
  return message.replaceAll(/\s+/g, ' ').slice(0, 200);
}
