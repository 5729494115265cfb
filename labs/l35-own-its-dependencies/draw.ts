import type { Package } from './tree.ts';

/** A generator in [0, 1). */
export type Random = () => number;

const WORDS = [
  'slug',
  'tiny',
  'csv',
  'date',
  'money',
  'path',
  'glob',
  'color',
  'table',
  'retry',
  'queue',
  'trace',
];
const SCOPES = ['ops', 'infra', 'tools'];
const BODIES = [
  `export default (text) => text.toLowerCase().replace(/[^a-z0-9]+/g, '-');`,
  `export default (text) => text.split(',').map((cell) => cell.trim());`,
  `export default (text) => Number(text || 0).toFixed(2);`,
  `export default (text) => [...text].toReversed().join('');`,
];

export function pick<T>(random: Random, from: readonly T[]): T {
  return from[Math.floor(random() * from.length)] as T;
}

/** An ordinary package with a name that nothing else in this grade has. */
export function drawPackage(random: Random, more: Readonly<Record<string, string>> = {}): Package {
  const bare = `${pick(random, WORDS)}-${pick(random, WORDS)}-${Math.floor(random() * 1e6).toString(36)}`;
  const name = random() < 0.3 ? `@${pick(random, SCOPES)}/${bare}` : bare;
  const version = drawVersion(random);
  return { name, version, files: filesOf({ name, version }, pick(random, BODIES), more) };
}

export function drawVersion(random: Random): string {
  return [4, 20, 30].map((most) => Math.floor(random() * most)).join('.');
}

/** A package's files; `more` are fields of its package.json or, with a dot or a slash, files. */
export function filesOf(
  { name, version }: { readonly name: string; readonly version: string },
  code: string,
  more: Readonly<Record<string, string>> = {},
): Record<string, string> {
  const scripts = Object.fromEntries(Object.entries(more).filter(([key]) => !key.includes('.')));
  const files = Object.fromEntries(Object.entries(more).filter(([key]) => key.includes('.')));
  const manifest = { name, version, type: 'module', main: 'index.js', scripts };
  return { 'package.json': `${JSON.stringify(manifest, null, 2)}\n`, 'index.js': code, ...files };
}

/** `count` ordinary packages. */
export function drawPackages(random: Random, count: number): Package[] {
  return Array.from({ length: count }, () => drawPackage(random));
}
