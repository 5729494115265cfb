import { build, initialize } from 'esbuild-wasm';
import wasmUrl from 'esbuild-wasm/esbuild.wasm?url';
import type { LabFiles } from '#labs/files.ts';
import type { CompiledImages } from '../compile.ts';
import { compileImage } from './compile-image.ts';

export interface CompileRequest {
  readonly id: number;
  readonly files: LabFiles;
  readonly images: Readonly<Record<string, string>>;
}

export type CompileAnswer =
  | { readonly id: number; readonly images: CompiledImages }
  | { readonly id: number; readonly failure: string };

const started = start();
// Met by the first request; without this a failed start is also "unhandled".
started.catch(() => undefined);

onmessage = ({ data }: MessageEvent<CompileRequest>) => {
  void answer(data).then((found) => {
    postMessage(found);
  });
};

async function answer({ id, files, images }: CompileRequest): Promise<CompileAnswer> {
  try {
    await started;
    const compiled = Object.entries(images).map(
      async ([image, entry]) => [image, await compileImage(build, files, entry)] as const,
    );
    return { id, images: Object.fromEntries(await Promise.all(compiled)) };
  } catch (error) {
    return { id, failure: error instanceof Error ? error.message : String(error) };
  }
}

/** The first build is slow (some 0.3 s), so it is spent on nothing before anyone waits. */
async function start(): Promise<void> {
  const wasmModule = await WebAssembly.compileStreaming(fetch(wasmUrl));
  await initialize({ wasmModule, worker: false });
  await compileImage(
    build,
    { 'warm.ts': 'import { Hono } from "hono"; export default new Hono();' },
    'warm.ts',
  );
}
