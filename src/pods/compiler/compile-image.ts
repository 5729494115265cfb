import type { BuildFailure, BuildOptions, BuildResult } from 'esbuild-wasm';
import type { LabFiles } from '#labs/files.ts';
import type { Problem } from '#platform/problem.ts';
import type { CompiledImage } from '../compile.ts';
import { attachLineMap } from '../line-map.ts';
import { labModules } from './lab-modules.ts';
import { sourceLines } from './source-lines.ts';
import { toProblem } from './to-problem.ts';

/** esbuild's `build`: of the wasm package in the tab, of the native one in tests. */
export type Build = (options: BuildOptions) => Promise<BuildResult>;

/** Compiles one image's entry module with everything it imports from the lab. */
export async function compileImage(
  build: Build,
  files: LabFiles,
  entry: string,
): Promise<CompiledImage> {
  if (!Object.hasOwn(files, entry)) return { ok: false, problems: [missingEntry(files, entry)] };
  const result = await attempt(build, files, entry);
  if (typeof result !== 'string') return { ok: false, problems: result };
  return { ok: true, code: result, digest: await sha256(result) };
}

async function attempt(build: Build, files: LabFiles, entry: string): Promise<string | Problem[]> {
  try {
    const result = await build({
      entryPoints: [`lab:${entry}`],
      bundle: true,
      write: false,
      outfile: 'image.js',
      sourcemap: 'external',
      sourcesContent: false,
      format: 'esm',
      target: 'es2022',
      platform: 'browser',
      charset: 'utf8',
      legalComments: 'none',
      logLevel: 'silent',
      // Names are kept as written: they are what a stack trace in the pod's log shows.
      minify: false,
      plugins: [labModules(files)],
    });
    const [map, code] = [/\.map$/, /\.js$/].map((end) =>
      result.outputFiles?.find(({ path }) => end.test(path)),
    );
    if (!map || !code) throw new Error('The compiler gave no module.');
    return attachLineMap(code.text, sourceLines(map.text));
  } catch (error) {
    if (!isBuildFailure(error)) throw error;
    return error.errors.map((message) => toProblem(message, entry));
  }
}

function isBuildFailure(error: unknown): error is BuildFailure {
  return error instanceof Error && 'errors' in error && Array.isArray(error.errors);
}

function missingEntry(files: LabFiles, entry: string): Problem {
  const modules = Object.keys(files).filter((path) => /\.[jt]sx?$/.test(path));
  return {
    file: entry,
    message: 'The image names this file and it does not exist.',
    repair: `Create it, or rename the right one of ${modules.join(', ')} to ${entry}.`,
  };
}

async function sha256(text: string): Promise<string> {
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return Array.from(new Uint8Array(hash), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
