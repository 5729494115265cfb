import { build } from 'esbuild';
import { afterEach, expect, test } from 'vitest';
import { compileImage, type Build } from '../compiler/compile-image.ts';
import { readLineMap } from '../line-map.ts';
import { describeError, traceImage } from './describe-error.ts';

afterEach(() => {
  traceImage('', null);
});

test('a stack trace names the lab file and line that threw, not the compiled module', async () => {
  const files = {
    'serve.ts':
      "import { fail } from './lib/fail.ts';\n\nexport default { fetch: () => fail() };\n",
    'lib/fail.ts':
      'interface Unused {\n  a: string;\n}\n\nexport function fail(): never {\n  const u: Unused | null = null;\n  throw new Error(`no ${u}`);\n}\n',
  };
  const image = await compileImage(build as unknown as Build, files, 'serve.ts');
  const code = image.ok ? image.code : '';
  traceImage('triage-1.js', readLineMap(code));
  const lineOf = (text: string): number =>
    code.split('\n').findIndex((line) => line.includes(text)) + 1;
  const error = new Error('no null');
  const frames = [
    `fail (triage-1.js:${lineOf('throw new')}:9)`,
    `fetch (triage-1.js:${lineOf('fetch:')}:20)`,
  ];
  error.stack = `Error: no null\n    at ${frames.join('\n    at ')}\n    at data:text/javascript;charset=utf-8,x:1:1`;
  expect(describeError(error)).toBe(
    'Error: no null\n    at fail (lib/fail.ts:7)\n    at fetch (serve.ts:3)',
  );
  error.stack = `fail@triage-1.js:${lineOf('throw new')}:9`;
  expect(describeError(error)).toBe('Error: no null\n    at fail@lib/fail.ts:7');
});

test('causes are shown under the error, and what is no error is shown as it is', () => {
  const error = new TypeError('outer', { cause: new RangeError('inner') });
  expect(describeError(error)).toMatch(/^TypeError: outer[^]*caused by: RangeError: inner/);
  expect(describeError('text')).toBe('Uncaught text');
});
