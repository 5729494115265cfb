import wasmUrl from 'onnxruntime-web/ort-wasm-simd-threaded.wasm?url';
import { createModels } from '#models/serve.ts';

/** Answers with the class of a text, in a plain worker: no sandbox, no HTTP, no gateway. */
const opening = createModels({ readAsset }).load('triage');

onmessage = async ({ data: text }: MessageEvent<string>) => {
  const { label } = await (await opening).classify(text);
  postMessage(label);
};

async function readAsset(path: string): Promise<Uint8Array> {
  const response = await fetch(path.startsWith('runtime/') ? wasmUrl : `/${path}`);
  if (!response.ok) throw new Error(`${path}: HTTP ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}
