import path from 'node:path';
import ts from 'typescript';
import { expect, test, vi } from 'vitest';
import { learnerTypes } from './learner-types.ts';

// TypeScript reads its library.
vi.setConfig({ testTimeout: 60_000 });

const compilerOptions: ts.CompilerOptions = {
  target: ts.ScriptTarget.ESNext,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  lib: ['lib.esnext.d.ts', 'lib.webworker.d.ts'],
  types: [],
  strict: true,
  noEmit: true,
  allowImportingTsExtensions: true,
};

/** What TypeScript says of a module of a pod where nothing is there but what the editor was given. */
function check(pod: string): string[] {
  const given = { ...learnerTypes(), 'file:///pod.ts': pod };
  const files = new Map(
    Object.entries(given).map(([url, text]) => [url.replace('file://', ''), text]),
  );
  const library = path.dirname(ts.sys.resolvePath('node_modules/typescript/lib/lib.d.ts'));
  const read = (file: string) =>
    files.get(file) ?? (file.startsWith(library) ? ts.sys.readFile(file) : undefined);
  const host: ts.CompilerHost = {
    ...ts.createCompilerHost(compilerOptions),
    getCurrentDirectory: () => '/',
    getDefaultLibLocation: () => library,
    fileExists: (file) => read(file) !== undefined,
    readFile: read,
    directoryExists: (folder) => [...files.keys()].some((file) => file.startsWith(`${folder}/`)),
    getDirectories: () => [],
    getSourceFile: (file, target) => {
      const text = read(file);
      return text === undefined ? undefined : ts.createSourceFile(file, text, target);
    },
  };
  return (
    ts
      .getPreEmitDiagnostics(ts.createProgram(['/pod.ts'], compilerOptions, host))
      // Hono's own files name some that no pod needs.
      .filter(({ file }) => !file?.fileName.startsWith('/node_modules/hono/'))
      .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'))
  );
}

test('everything that the module model offers is declared by the files that the editor gets', () => {
  const pod = `
    import { load, loadDetector, loadEmbedder, loadGenerator, readJson, toErrorResponse } from 'model';
    import type { Device, LoadProgress, ModelError } from 'model';
    import { Hono } from 'hono';
    const device: Device = 'wasm';
    const onProgress = ({ step }: LoadProgress) => console.log(step);
    const triage = await load('triage', { device, onProgress });
    const { vector } = await (await loadEmbedder('embed')).embed('text');
    const { error } = await (await loadDetector('anomaly')).detect([[vector[0] ?? 0]]);
    const lm = await loadGenerator('oncall-lm', { maxBatch: 4 });
    for await (const { text } of lm.generate('prompt')) console.log(text, error);
    export default new Hono()
      .post('/', async (c) => c.json(await triage.classify(String(await readJson(c.req.raw)))))
      .onError((cause) => toErrorResponse(cause as ModelError));
  `;
  expect(check(pod)).toEqual([]);
});

test('what the module model does not offer is a mistake', () => {
  const pod = `import { load } from 'model';
    export const answer = (await load('triage')).classify(7);`;
  expect(check(pod)).toEqual([
    "Argument of type 'number' is not assignable to parameter of type 'string'.",
  ]);
});
