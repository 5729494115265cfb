import { build } from 'esbuild';
import * as hono from 'hono';
import * as streaming from 'hono/streaming';
import { expect, test } from 'vitest';
import { formatProblem } from '#platform/problem.ts';
import { importable } from '../importable.ts';
import { compileImage, type Build } from './compile-image.ts';

const compile = (files: Record<string, string>, entry = 'serve.ts') =>
  compileImage(build as unknown as Build, files, entry);

async function problemsOf(files: Record<string, string>, entry?: string): Promise<string[]> {
  const image = await compile(files, entry);
  return image.ok ? [] : image.problems.map((problem) => formatProblem(problem));
}

test('the listed names are what the modules export', () => {
  expect(importable['hono']).toEqual(Object.keys(hono).toSorted());
  expect(importable['hono/streaming']).toEqual(Object.keys(streaming).toSorted());
});

test('a module with its own files compiles to one module that imports nothing', async () => {
  const image = await compile({
    'serve.ts': `import { Hono } from 'hono'; import { greet } from './lib/greet';
      const app = new Hono(); app.get('/', (c) => c.text(greet as string)); export default app;`,
    'lib/greet.ts': `import { name } from '../name.json'; export const greet: string = 'hello ' + name;`,
    'name.json': '{"name":"ops"}',
  });
  expect(image).toMatchObject({ ok: true, digest: expect.stringMatching(/^[0-9a-f]{64}$/) });
  const code = image.ok ? image.code : '';
  expect(code).not.toMatch(/^import/m);
  expect(code).toContain('hello ');
});

test('a settings file is a module too, and its mistakes are shown at their place', async () => {
  const entry = `import settings from './loadtest.yaml'; export default settings;`;
  const image = await compile({ 'serve.ts': entry, 'loadtest.yaml': '# how\nrate: 100\n' });
  expect(image.ok ? image.code : '').toMatch(/rate: 100/);
  expect(await problemsOf({ 'serve.ts': entry, 'loadtest.yaml': 'rate: 100\nrate: 2\n' })).toEqual([
    'loadtest.yaml:2:1: mapping key is already defined: this map has the same key twice. Repair: Keep one of them; most readers would silently lose the other.',
  ]);
});

test('a shader is a text', async () => {
  const entry = `import shader from './copy.wgsl'; export default shader;`;
  const image = await compile({ 'serve.ts': entry, 'copy.wgsl': '@compute fn main() {}' });
  expect(image.ok ? image.code : '').toContain('"@compute fn main() {}"');
});

test('the same files give the same digest and other files another', async () => {
  const digests = await Promise.all(
    ['1', '1', '2'].map(async (value) => {
      const image = await compile({
        'serve.ts': `export default { fetch: () => new Response(${value}) }`,
      });
      return image.ok ? image.digest : '';
    }),
  );
  expect(digests[0]).toBe(digests[1]);
  expect(digests[0]).not.toBe(digests[2]);
});

test('a syntax error is shown at its line and column', async () => {
  const image = await compile({ 'serve.ts': "const a = 1;\nconst s = 'ü'; const b = ;\n" });
  expect(image).toMatchObject({
    problems: [{ file: 'serve.ts', line: 2, column: 26, lineText: "const s = 'ü'; const b = ;" }],
  });
});

test('every image problem names file, place and repair', async () => {
  expect(
    await problemsOf({ 'serve.ts': `import express from 'express';\nimport fs from 'node:fs';` }),
  ).toMatchInlineSnapshot(`[]`);
  expect(await problemsOf({ 'serve.ts': `import './modle.ts';`, 'model.ts': '' }))
    .toMatchInlineSnapshot(`
    [
      "serve.ts:1:8: "./modle.ts" is not a file of this lab. Repair: Its modules are model.ts.",
    ]
  `);
  expect(
    await problemsOf({ 'serve.ts': `import { Honno } from 'hono';\nexport default new Honno();` }),
  ).toMatchInlineSnapshot(`
    [
      "serve.ts:1:10: No matching export in "hono" for import "Honno". Repair: "hono" exports Context, Hono.",
    ]
  `);
  expect(await problemsOf({ 'serve.ts': `import '../../etc/passwd';` })).toMatchInlineSnapshot(`
    [
      "serve.ts:1:8: "../../etc/passwd" is not a file of this lab. Repair: Its modules are none but this one.",
    ]
  `);
  expect(await problemsOf({ 'server.ts': '' })).toMatchInlineSnapshot(`
    [
      "serve.ts: The image names this file and it does not exist. Repair: Create it, or rename the right one of server.ts to serve.ts.",
    ]
  `);
  expect(await problemsOf({ 'serve.ts': `await import('https://example.org/x.js');` }))
    .toMatchInlineSnapshot(`
    [
      "serve.ts:1:14: "https://example.org/x.js" cannot be imported in a lab. Repair: Import from "hono", "hono/streaming", "model" or from a file of the lab such as "./handler.ts".",
    ]
  `);
});
