import type {
  Loader,
  OnLoadResult,
  OnResolveArgs,
  OnResolveResult,
  PartialMessage,
  Plugin,
} from 'esbuild-wasm';
import type { LabFiles } from '#labs/files.ts';
import type { Problem } from '#platform/problem.ts';
import { parseDocuments } from '#platform/yaml-document.ts';
import { importable, REGISTRY } from '../importable.ts';
import { note, type Repair } from './to-problem.ts';

const LOADERS: Readonly<Record<string, Loader>> = {
  ts: 'ts',
  tsx: 'tsx',
  js: 'js',
  mjs: 'js',
  jsx: 'jsx',
  json: 'json',
  yaml: 'json',
  txt: 'text',
  wgsl: 'text',
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

function load(files: LabFiles, path: string): OnLoadResult {
  const text = files[path] ?? '';
  if (path.endsWith('.yaml')) return loadYaml(path, text);
  return { contents: text, loader: loaderOf(path) ?? 'ts' };
}

/** A settings file as its module sees it: the data of its only document. */
function loadYaml(path: string, text: string): OnLoadResult {
  const { documents, problems } = parseDocuments(path, text);
  if (problems.length > 0) return { errors: problems.map((problem) => toMessage(problem, text)) };
  return { contents: JSON.stringify(documents[0]?.value ?? null), loader: 'json' };
}

function toMessage(
  { file, line = 1, column = 1, message, repair }: Problem,
  text: string,
): PartialMessage {
  const lineText = text.split('\n')[line - 1] ?? '';
  const before = new TextEncoder().encode(lineText.slice(0, column - 1)).length;
  return {
    text: message,
    location: { file, line, column: before, lineText },
    detail: { repair } satisfies Repair,
    notes: [note(repair)],
  };
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
