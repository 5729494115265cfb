import acceleratedWasm from 'onnxruntime-web/ort-wasm-simd-threaded.asyncify.wasm?url';
import runtimeWasm from 'onnxruntime-web/ort-wasm-simd-threaded.wasm?url';
import type { AssetSource } from './asset-source.ts';

const ENGINES: Readonly<Record<string, string>> = {
  'runtime/ort-wasm-simd-threaded.wasm': runtimeWasm,
  'runtime/ort-wasm-simd-threaded.asyncify.wasm': acceleratedWasm,
};

/** The models and the engines of this site, for its own pages and workers; pods have no network and get theirs handed over. */
export const siteAssets: AssetSource = {
  async readAsset(path, onBytes) {
    const url = ENGINES[path] ?? `/${path}`;
    const response = await fetch(url).catch((cause: unknown) => {
      throw new Error('this site cannot be reached', { cause });
    });
    if (!response.ok) throw new Error(`HTTP ${response.status}`);
    return readWhole(response, onBytes);
  },
};

async function readWhole(
  response: Response,
  onBytes: ((received: number) => void) | undefined,
): Promise<Uint8Array> {
  if (!onBytes || !response.body) return new Uint8Array(await response.arrayBuffer());
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let received = 0;
  const reader = response.body.getReader();
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    parts.push(part.value);
    received += part.value.length;
    onBytes(received);
  }
  return new Uint8Array(await new Blob(parts).arrayBuffer());
}
