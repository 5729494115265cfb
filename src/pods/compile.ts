import type { LabFiles } from '#labs/files.ts';
import type { Problem } from '#platform/problem.ts';
import type { CompileAnswer, CompileRequest } from './compiler/compile.worker.ts';

/** One image's module, ready for a container, or what keeps it from being compiled. */
export type CompiledImage =
  | {
      readonly ok: true;
      readonly code: string;
      /** SHA-256 of the code, hexadecimal. */
      readonly digest: string;
    }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** Images by name. */
export type CompiledImages = Readonly<Record<string, CompiledImage>>;

let compiler: Compiler | null = null;

/** Starts the compiler ahead of its first use: 3.7 MB to fetch and some 0.3 s to start. */
export function prepareCompiler(): void {
  compiler ??= startCompiler();
}

/**
 * Compiles the module that each image names, `images` being image name to path in `files`. Rejects
 * only when the compiler itself cannot run, or with the signal's reason.
 */
export async function compileImages(
  files: LabFiles,
  images: Readonly<Record<string, string>>,
  signal?: AbortSignal,
): Promise<CompiledImages> {
  signal?.throwIfAborted();
  compiler ??= startCompiler();
  return compiler.compile(files, images, signal);
}

interface Compiler {
  compile(
    files: LabFiles,
    images: Readonly<Record<string, string>>,
    signal: AbortSignal | undefined,
  ): Promise<CompiledImages>;
}

function startCompiler(): Compiler {
  const worker = new Worker(new URL('./compiler/compile.worker.ts', import.meta.url), {
    type: 'module',
    name: 'compile',
  });
  const waiting = new Map<number, PromiseWithResolvers<CompiledImages>>();
  let nextId = 1;
  worker.onmessage = ({ data }: MessageEvent<CompileAnswer>) => {
    const answer = waiting.get(data.id);
    waiting.delete(data.id);
    if ('images' in data) answer?.resolve(data.images);
    else answer?.reject(new Error(`The compiler could not run: ${data.failure}`));
  };
  worker.onerror = (event) => {
    compiler = null;
    const failure = new Error(
      `The compiler could not start: ${event.message || 'no reason given'}`,
    );
    for (const answer of waiting.values()) answer.reject(failure);
    waiting.clear();
  };
  return {
    compile(files, images, signal) {
      const id = nextId;
      nextId += 1;
      const answer = Promise.withResolvers<CompiledImages>();
      waiting.set(id, answer);
      const onAbort = (): void => {
        waiting.delete(id);
        answer.reject(signal?.reason);
      };
      signal?.addEventListener('abort', onAbort);
      worker.postMessage({ id, files, images } satisfies CompileRequest);
      return answer.promise.finally(() => signal?.removeEventListener('abort', onAbort));
    },
  };
}
