import { parseManifest } from '#models/manifest.ts';
import acceleratedWasm from 'onnxruntime-web/ort-wasm-simd-threaded.asyncify.wasm?url';
import runtimeWasm from 'onnxruntime-web/ort-wasm-simd-threaded.wasm?url';

/** The inference runtime's binary, as pods ask for it. */
const RUNTIME_PATH = 'runtime/ort-wasm-simd-threaded.wasm';
/** The one that can use an accelerator; only pods that were given one ask for it. */
const ACCELERATED_PATH = 'runtime/ort-wasm-simd-threaded.asyncify.wasm';
/** Some 4 MB over a bad line; past it a pod's log says why nothing comes. */
const LIMIT_MS = 120_000;

/**
 * Reads the files that a lab's pods may have: the inference runtime, and the files of its models.
 * Each is fetched once from the platform's own origin and kept. Rejects with a sentence for the
 * pod's log when a file is not the lab's or cannot be had.
 */
export function createAssetReader(
  models: readonly string[],
): (path: string) => Promise<Uint8Array> {
  const kept = new Map<string, Promise<Uint8Array>>();
  const read = (path: string): Promise<Uint8Array> => {
    const known = kept.get(path);
    if (known) return known;
    const reading = readAsset(path, models);
    kept.set(path, reading);
    // A failure is not kept: the next pod may have more luck.
    reading.catch(() => kept.delete(path));
    return reading;
  };
  void prefetch(models, read).catch(() => undefined);
  return read;
}

/** What the first pod would wait for; when it fails, that pod asks again and says why. */
async function prefetch(
  models: readonly string[],
  read: (path: string) => Promise<Uint8Array>,
): Promise<void> {
  if (models.length === 0) return;
  const reading = models.map(async (model) => {
    const { files } = parseManifest(
      new TextDecoder().decode(await read(`models/${model}/manifest.json`)),
    );
    await Promise.all(Object.values(files).map(({ path }) => read(`models/${model}/${path}`)));
  });
  await Promise.all([read(RUNTIME_PATH), ...reading]);
}

async function readAsset(path: string, models: readonly string[]): Promise<Uint8Array> {
  const url = addressOf(path, models);
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(LIMIT_MS) });
    if (response.ok) return new Uint8Array(await response.arrayBuffer());
    throw new Error(`${url} answered ${response.status}`);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`${path} did not arrive from this site (${reason}): is the network gone?`, {
      cause,
    });
  }
}

function addressOf(path: string, models: readonly string[]): string {
  if (path === RUNTIME_PATH) return runtimeWasm;
  if (path === ACCELERATED_PATH) return acceleratedWasm;
  const [folder, model = '', file, ...deeper] = path.split('/');
  if (folder !== 'models' || file === undefined || deeper.length > 0) {
    throw new Error(`${path} is not a file that pods can read; models are at models/<name>/.`);
  }
  if (!models.includes(model)) {
    const known = models.length === 0 ? 'It has none.' : `It has: ${models.join(', ')}.`;
    throw new Error(`This lab has no model named ${model}. ${known}`);
  }
  return `${import.meta.env.BASE_URL.replace(/\/$/, '')}/models/${model}/${file}`;
}
