import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, createServer } from 'vite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sandboxedBundles } from './sandboxed.ts';

let root = '';

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'sandboxed-'));
  await mkdir(join(root, 'src', 'greet'), { recursive: true });
  await writeFile(
    join(root, 'package.json'),
    JSON.stringify({ name: 'tiny', type: 'module', imports: { '#*': './src/*' } }),
  );
  await writeFile(join(root, 'src/greet/word.ts'), 'export const word: string = "hello";');
  await writeFile(
    join(root, 'src/inner.ts'),
    'import { word } from "#greet/word.ts";\nexport default `${word} from inside`;',
  );
  await writeFile(join(root, 'src/bad.ts'), 'export default 1 +;');
  await writeFile(
    join(root, 'main.js'),
    `import url from './src/inner.ts?sandboxed';
     import text from './src/inner.ts?sandboxed-text';
     globalThis.found = { url, text };`,
  );
  await writeFile(join(root, 'index.html'), '<script type="module" src="/main.js"></script>');
});

afterAll(() => rm(root, { recursive: true }));

test('a build emits one hashed module that needs nothing else', async () => {
  await build({ root, logLevel: 'silent', plugins: [sandboxedBundles()], base: '/site/' });
  const names = await readdir(join(root, 'dist/_astro'));
  const name = names.find((one) => /^inner\.sandboxed\.[\w]{8}\.js$/.test(one));
  const code = await readFile(join(root, 'dist/_astro', String(name)), 'utf8');
  expect(code).not.toMatch(/\bimport\b/);
  const inner = await import(`data:text/javascript,${encodeURIComponent(code)}`);
  expect(inner.default).toBe('hello from inside');
  const assets = await readdir(join(root, 'dist/assets'));
  const main = await readFile(join(root, 'dist/assets', String(assets[0])), 'utf8');
  expect(main).toContain(`/site/_astro/${name}`);
  expect(main).toContain('from inside');
});

test('the development server serves the same module at the URL it hands out', async () => {
  const server = await createServer({
    root,
    logLevel: 'silent',
    plugins: [sandboxedBundles()],
    server: { port: 0, host: '127.0.0.1' },
  });
  try {
    await server.listen();
    const origin = server.resolvedUrls?.local[0] ?? '';
    const module = await (await fetch(`${origin}src/inner.ts?sandboxed`)).text();
    const url = /"(\/@sandboxed\/[^"]+)"/.exec(module)?.[1];
    const answer = await fetch(new URL(String(url), origin));
    expect(answer.headers.get('content-type')).toContain('text/javascript');
    expect(await answer.text()).toContain('from inside');
  } finally {
    await server.close();
  }
});

test('a syntax error fails the build with file, line and column', async () => {
  await writeFile(join(root, 'main-bad.js'), `import './src/bad.ts?sandboxed';`);
  const failed = build({
    root,
    logLevel: 'silent',
    plugins: [sandboxedBundles()],
    build: { rollupOptions: { input: join(root, 'main-bad.js') } },
  });
  await expect(failed).rejects.toThrow(/src\/bad\.ts:1:19 Unexpected ";"/);
});
