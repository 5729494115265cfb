import type { Loader, OnResolveArgs, OnResolveResult, Plugin } from 'esbuild-wasm';
import type { LabFiles } from '#labs/files.ts';
import { importable, REGISTRY } from '../importable.ts';
import { note, type Repair } from './to-problem.ts';

const LOADERS: Readonly<Record<string, Loader>> = {
  ts: 'ts',
  tsx: 'tsx',
  js: 'js',
  mjs: 'js',
  jsx: 'jsx',
  json: 'json',
  txt: 'text',
};
const SUFFIXES = ['', '.ts', '.js', '.json', '/index.ts'];

/** Resolves imports to the lab's own files and to what the pod provides; anything else is an error that says so. */
export function labModules(files: LabFiles): Plugin {
  return {
    name: 'lab',
    setup(build) {
      build.onResolve({ filter: /^lab:/ }, ({ path }) => ({
        path: path.slice(4),
        namespace: 'lab',
      }));
      build.onResolve({ filter: /.*/, namespace: 'lab' }, (args) => resolve(files, args));
      build.onLoad({ filter: /.*/, namespace: 'lab' }, ({ path }) => load(files, path));
      build.onLoad({ filter: /.*/, namespace: 'pod' }, ({ path }) => ({
        contents: sharedModule(path),
      }));
    },
  };
}

function resolve(files: LabFiles, { path, importer }: OnResolveArgs): OnResolveResult {
  if (Object.hasOwn(importable, path)) return { path, namespace: 'pod', sideEffects: false };
  if (!/^\.{0,2}\//.test(path)) return refuse(`"${path}" cannot be imported in a lab.`, whatCan());
  const wanted = join(importer, path);
  const found = SUFFIXES.map((suffix) => wanted + suffix).find((one) => Object.hasOwn(files, one));
  if (found) return { path: found, namespace: 'lab' };
  const others = Object.keys(files).filter((one) => one !== importer && loaderOf(one));
  return refuse(
    `"${path}" is not a file of this lab.`,
    `Its modules are ${others.join(', ') || 'none but this one'}.`,
  );
}

function load(files: LabFiles, path: string): { contents: string; loader: Loader } {
  return { contents: files[path] ?? '', loader: loaderOf(path) ?? 'ts' };
}

/** Reads the pod's one instance, so that a lab's two images and Hono's own classes agree. */
function sharedModule(name: string): string {
  const at = `globalThis[Symbol.for(${JSON.stringify(REGISTRY)})][${JSON.stringify(name)}]`;
  const names = importable[name] ?? [];
  return names.map((one) => `export const ${one} = ${at}.${one};`).join('\n');
}

function refuse(text: string, repair: string): OnResolveResult {
  return { errors: [{ text, detail: { repair } satisfies Repair, notes: [note(repair)] }] };
}

function whatCan(): string {
  const names = Object.keys(importable).map((name) => `"${name}"`);
  return `Import from ${names.join(', ')} or from a file of the lab such as "./handler.ts".`;
}

function loaderOf(path: string): Loader | undefined {
  return LOADERS[path.split('.').at(-1) ?? ''];
}

/** The path of an import relative to the file that has it; leading `..` beyond the lab stay and match no file. */
function join(importer: string, path: string): string {
  const start = path.startsWith('/') ? [] : importer.split('/').slice(0, -1);
  const parts: string[] = [];
  for (const part of [...start, ...path.split('/')]) {
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop();
    else if (part !== '.' && part !== '') parts.push(part);
  }
  return parts.join('/');
}
