import { modelCorrupt, modelMissing, unknownModel, unknownVariant, wrongTask } from './errors.ts';
import { parseManifest, type Manifest } from './manifest.ts';
import type { AssetSource } from './asset-source.ts';
import type { LoadOptions } from './learner/loading.ts';

type Task = Manifest['task'];

/** A model's verified files. */
export interface ModelPackage<T extends Task> {
  readonly manifest: Extract<Manifest, { task: T }>;
  /** Where the model comes from, for messages. */
  readonly path: string;
  readonly model: Uint8Array;
  /** The content of `tokenizer.json`; empty for a model that reads numbers. */
  readonly tokenizer: object;
}

const MODEL_NAME = /^[a-z0-9][a-z0-9-]*$/;
const NO_TOKENIZER = new TextEncoder().encode('{}');

/** Reads `models/<name>/`, made for `task`, and compares every file with its hash before anything in it is interpreted. */
export async function openPackage<T extends Task>(
  source: AssetSource,
  name: string,
  task: T,
  { variant, onProgress }: LoadOptions = {},
): Promise<ModelPackage<T>> {
  if (typeof name !== 'string' || !MODEL_NAME.test(name)) throw unknownModel(String(name));
  const manifest = await readManifest(source, name);
  if (!isFor(manifest, task)) throw wrongTask(name, manifest.task, task);
  const modelFile = findModelFile(manifest, variant);
  const tokenizerFile = 'tokenizer' in manifest.files ? manifest.files.tokenizer : null;
  const totalBytes = modelFile.bytes + (tokenizerFile?.bytes ?? 0);
  const received = { model: 0, tokenizer: 0 };
  // Nobody listens, nobody counts: reading a file piece by piece is slower.
  const noteBytes = (file: keyof typeof received) =>
    onProgress &&
    ((bytes: number) => {
      received[file] = bytes;
      const receivedBytes = received.model + received.tokenizer;
      onProgress({ step: 'model', receivedBytes, totalBytes });
    });
  const [model, tokenizer] = await Promise.all([
    readVerified(source, name, modelFile, noteBytes('model')),
    tokenizerFile
      ? readVerified(source, name, tokenizerFile, noteBytes('tokenizer'))
      : NO_TOKENIZER,
  ]);
  return {
    manifest,
    path: `models/${name}/${modelFile.path}`,
    model,
    tokenizer: JSON.parse(new TextDecoder().decode(tokenizer)) as object,
  };
}

function isFor<T extends Task>(
  manifest: Manifest,
  task: T,
): manifest is Extract<Manifest, { task: T }> {
  return manifest.task === task;
}

function findModelFile(
  manifest: Manifest,
  variant: string | undefined,
): Manifest['files']['model'] {
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
  onBytes: ((received: number) => void) | undefined,
): Promise<Uint8Array> {
  const path = `models/${name}/${file.path}`;
  const bytes = await source.readAsset(path, onBytes).catch((cause: unknown) => {
    throw modelMissing(path, cause);
  });
  if (bytes.length !== file.bytes)
    throw modelCorrupt(path, `it has ${bytes.length} bytes instead of ${file.bytes}`);
  const found = await sha256(bytes);
  if (found !== file.sha256)
    throw modelCorrupt(path, `its SHA-256 is ${found} instead of ${file.sha256}`);
  onBytes?.(bytes.length);
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
