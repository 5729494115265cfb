import { learnerDeclarations } from '#models/learner-declarations.ts';

/** What `hono` and `hono/streaming` declare, and what those files import. */
const hono = import.meta.glob<string>(
  [
    '/node_modules/hono/dist/types/*.d.ts',
    '/node_modules/hono/dist/types/request/**/*.d.ts',
    '/node_modules/hono/dist/types/helper/streaming/*.d.ts',
    '/node_modules/hono/dist/types/utils/**/*.d.ts',
    '!/node_modules/hono/dist/types/utils/jwt/**',
  ],
  { query: '?raw', import: 'default', eager: true },
);
/** Declarations of everything that a pod may import, by the path where TypeScript looks for them. */
export function learnerTypes(): Record<string, string> {
  const files: Record<string, string> = {
    'file:///node_modules/hono/package.json': packageJson('hono', {
      '.': './dist/types/index.d.ts',
      './streaming': './dist/types/helper/streaming/index.d.ts',
    }),
    'file:///node_modules/model/package.json': packageJson('model', { '.': './index.d.ts' }),
    'file:///yaml.d.ts': "declare module '*.yaml' { const value: unknown; export default value; }",
    'file:///wgsl.d.ts': "declare module '*.wgsl' { const text: string; export default text; }",
  };
  for (const [path, text] of Object.entries(hono)) files[`file://${path}`] = text;
  for (const [path, text] of Object.entries(learnerDeclarations))
    files[`file:///node_modules/model/${path}`] = text;
  return files;
}

function packageJson(name: string, types: Readonly<Record<string, string>>): string {
  const exports = Object.fromEntries(
    Object.entries(types).map(([entry, file]) => [entry, { types: file }]),
  );
  return JSON.stringify({ name, type: 'module', exports });
}
