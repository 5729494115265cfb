import type { LabFiles } from '#labs/files.ts';
import type { Problem } from '#platform/problem.ts';

/** One image's module, ready for a container, or what keeps it from being compiled. */
export type CompiledImage =
  | {
      readonly ok: true;
      readonly code: string;
      /** SHA-256 of the code, hexadecimal. */ readonly digest: string;
    }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** Images by name. */
export type CompiledImages = Readonly<Record<string, CompiledImage>>;

/** Starts the compiler ahead of its first use. */
export declare function prepareCompiler(): void;

/** Compiles the module that each image names, `images` being image name to path in `files`. */
export declare function compileImages(
  files: LabFiles,
  images: Readonly<Record<string, string>>,
  signal?: AbortSignal,
): Promise<CompiledImages>;
