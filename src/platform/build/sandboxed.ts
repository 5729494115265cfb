import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { build, type Message, type Metafile } from 'esbuild';
import type { Plugin } from 'vite';
import type {} from 'vitest/config';

/** What one `?sandboxed` import became: the text of a self-contained ES module and what it was made of. */
export interface SandboxedBundle {
  readonly code: string;
  /** Absolute paths of every source file, for watch mode. */
  readonly inputs: readonly string[];
}

const URL_QUERY = '?sandboxed';
const TEXT_QUERY = '?sandboxed-text';
const DEV_PREFIX = '/@sandboxed/';

/**
 * Vite plugin: `import url from './x.ts?sandboxed'` gives the URL of x.ts bundled to one minified
 * ES module without imports; `?sandboxed-text` gives its text. The sandbox has no network and no
 * origin, so what runs in it must arrive whole.
 */
export function sandboxedBundles(): Plugin {
  const bundles = new Map<string, Promise<SandboxedBundle>>();
  let root = process.cwd();
  let base = '/';
  let isServe = false;
  const bundle = (file: string): Promise<SandboxedBundle> => {
    const known = bundles.get(file);
    if (known && !isServe) return known;
    const made = bundleSandboxed(file, root);
    bundles.set(file, made);
    return made;
  };
  return {
    name: 'day-two:sandboxed',
    enforce: 'pre',
    configResolved(config) {
      root = config.root;
      base = config.base;
      isServe = config.command === 'serve';
    },
    // Vitest keeps what a file became by the text of that file alone; a bundle is made of many.
    configureVitest({ defineCacheKeyGenerator }) {
      defineCacheKeyGenerator(({ id }) => (queryOf(id) === null ? undefined : false));
    },
    async resolveId(source, importer) {
      const query = queryOf(source);
      if (query === null) return null;
      const resolved = await this.resolve(source.slice(0, -query.length), importer, {
        skipSelf: true,
      });
      if (!resolved)
        throw new Error(`Cannot find ${source}, imported by ${importer ?? 'an entry'}.`);
      return resolved.id + query;
    },
    async load(id) {
      const query = queryOf(id);
      if (query === null) return null;
      const file = id.slice(0, -query.length);
      const { code, inputs } = await bundle(file);
      for (const input of inputs) this.addWatchFile(input);
      if (query === TEXT_QUERY) return exportDefault(JSON.stringify(code));
      if (isServe) return exportDefault(JSON.stringify(devUrl(base, file, code)));
      const name = assetName(file, code);
      this.emitFile({ type: 'asset', fileName: name, source: code });
      return exportDefault(JSON.stringify(base + name));
    },
    configureServer(server) {
      server.middlewares.use((request, response, next) => {
        const path = new URL(request.url ?? '/', 'http://dev').pathname;
        const at = path.indexOf(DEV_PREFIX);
        if (at < 0) return next();
        const file = decodeURIComponent(path.slice(at + DEV_PREFIX.length));
        if (!bundles.has(file)) return next();
        bundle(file).then(({ code }) => {
          response.setHeader('content-type', 'text/javascript; charset=utf-8');
          response.setHeader('cache-control', 'no-store');
          response.end(code);
        }, next);
      });
    },
  };
}

/** Bundles one entry with everything it imports. Rejects with file, line and message of each problem. */
export async function bundleSandboxed(file: string, root: string): Promise<SandboxedBundle> {
  const result = await build({
    entryPoints: [file],
    absWorkingDir: root,
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    write: false,
    metafile: true,
    legalComments: 'none',
    logLevel: 'silent',
    conditions: ['module', 'browser'],
    external: ['node:*', 'module', 'worker_threads', 'fs', 'path', 'url'],
    alias: { 'node:zlib': fileURLToPath(new URL('no-zlib.ts', import.meta.url)) },
    define: { 'process.env.NODE_ENV': '"production"' },
  }).catch((error: unknown) => {
    throw describeFailure(file, error);
  });
  const output = result.outputFiles[0];
  if (!output) throw new Error(`esbuild gave no output for ${file}.`);
  refuseStaticImports(file, result.metafile);
  return { code: output.text, inputs: inputsOf(result.metafile, root) };
}

function queryOf(id: string): string | null {
  if (id.endsWith(TEXT_QUERY)) return TEXT_QUERY;
  return id.endsWith(URL_QUERY) ? URL_QUERY : null;
}

function exportDefault(expression: string): { code: string; map: null; moduleType: 'js' } {
  return { code: `export default ${expression};`, map: null, moduleType: 'js' };
}

function assetName(file: string, code: string): string {
  const name = (file.split('/').at(-1) ?? 'bundle').replace(/\.[cm]?[jt]s$/, '');
  return `_astro/${name}.sandboxed.${hashOf(code)}.js`;
}

function devUrl(base: string, file: string, code: string): string {
  return `${base.replace(/\/$/, '')}${DEV_PREFIX}${encodeURIComponent(file)}?v=${hashOf(code)}`;
}

function hashOf(code: string): string {
  return createHash('sha256').update(code).digest('base64url').slice(0, 8).replace(/[-_]/g, 'x');
}

function inputsOf(metafile: Metafile, root: string): string[] {
  return Object.keys(metafile.inputs)
    .filter((input) => !input.includes(':'))
    .map((input) => (input.startsWith('/') ? input : `${root}/${input}`));
}

/** A dynamic import behind `if (isNode)` (as in onnxruntime-web) is never reached; a static one would break the bundle. */
function refuseStaticImports(file: string, metafile: Metafile): void {
  for (const output of Object.values(metafile.outputs)) {
    const left = output.imports.find((one) => one.kind === 'import-statement');
    if (left)
      throw new Error(
        `${file}?sandboxed still imports "${left.path}": it has no place in a sandbox.`,
      );
  }
}

function describeFailure(file: string, error: unknown): Error {
  const messages = (error as { errors?: readonly Message[] }).errors;
  if (!messages) return new Error(`Bundling ${file} for the sandbox failed.`, { cause: error });
  const lines = messages.map(({ location, text }) =>
    location ? `${location.file}:${location.line}:${location.column + 1} ${text}` : text,
  );
  return new Error(`Bundling ${file} for the sandbox failed:\n${lines.join('\n')}`);
}
