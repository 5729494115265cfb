import { expect, test } from 'vitest';
import { digestFiles, fingerprint } from './fingerprints.ts';

const passagesOf = (name: string, text: string) =>
  fingerprint({ [name]: text }, { start: {}, solution: {} });

test('order of keys, comments, quotes and the style of lists say nothing in YAML', () => {
  const one = passagesOf('a.yaml', 'b: 1 # one\nc: [x, "y"]\nd: {e: 2, f: three}\n');
  expect(one).toHaveLength(5);
  expect(passagesOf('a.yaml', "d:\n  f: 'three'\n  e: 2\nc:\n- y\n- x\n\n'b': 1\n")).toEqual(one);
  expect(passagesOf('a.yaml', 'b: 2\nc: [x, y]\nd: {e: 2, f: three}\n')).not.toEqual(one);
});

test('a value of YAML is another one in another place, and in another file', () => {
  const places = ['a:\n  b: 1', 'b: 1', 'a:\n  - b: 1', 'a:\n  - - b: 1'];
  const passages = places.flatMap((text) => passagesOf('a.yaml', text));
  expect(new Set(passages).size).toBe(passages.length);
  expect(passagesOf('a.yaml', 'b: 1')).not.toEqual(passagesOf('b.yaml', 'b: 1'));
});

test('items of a list stand under their key, and what comes behind the list does not', () => {
  const list = 'a:\n  - name: x\n    port: 1\n  - name: y\n    port: 2\nb: 3\n';
  const flat = 'b: 3\na:\n- name: y\n  port: 2\n- port: 1\n  name: x\n';
  expect(passagesOf('l.yaml', list)).toEqual(passagesOf('l.yaml', flat));
  expect(passagesOf('l.yaml', list)).toEqual(
    expect.arrayContaining([...passagesOf('l.yaml', 'b: 3')]),
  );
});

test('whether files are the same is asked of them as they are', () => {
  const files = { 'a.yaml': 'b: 1', 'c.yaml': 'd: 2' };
  expect(digestFiles({ 'c.yaml': 'd: 2', 'a.yaml': 'b: 1' })).toBe(digestFiles(files));
  expect(digestFiles({ ...files, 'a.yaml': 'b: 1 ' })).not.toBe(digestFiles(files));
});

test('of a long program a part is kept, the same for everybody, and nothing that the lab gives out', () => {
  const program = (name: string) =>
    Array.from({ length: 150 }, (_, at) => `call('${name}', ${at});`).join('\n');
  const lab = { start: { 'a.ts': '' }, solution: { 'a.ts': program('theirs') } };
  const all = fingerprint({ 'a.ts': program('mine') }, { start: {}, solution: {} });
  const kept = fingerprint({ 'a.ts': program('mine') }, lab);
  expect(all.length).toBeGreaterThan(700);
  expect(kept.length).toBeGreaterThan(60);
  expect(kept.length).toBeLessThan(250);
  expect(all).toEqual(expect.arrayContaining(kept));
  expect(fingerprint({ 'a.ts': program('theirs') }, lab)).toEqual([]);
});

/** A parser of YAML takes minutes to hours for some of them, and there are more. */
const hostile = {
  'keys that are keys': '? '.repeat(2000),
  'lists in lists': '['.repeat(60_000),
  'maps in maps': '{a: '.repeat(16_000),
  'items of items': '- '.repeat(32_000),
  'one key after the other': Array.from({ length: 9000 }, (_, at) => `k${at}:\n`).join(''),
  'values under a long key': `${'k'.repeat(30_000)}:\n${' a: 1\n'.repeat(5000)}`,
  quotes: '"'.repeat(64_000),
  documents: '---\na\n'.repeat(10_000),
  'a text that does not end': `"${'\\'.repeat(60_000)}`,
  'a comment that does not end': '/*'.repeat(32_000),
  'templates in templates': '`${'.repeat(20_000),
  'half an expression': '/a'.repeat(32_000),
};

test.each(Object.entries(hostile))('%s keep nobody waiting', (_, text) => {
  const before = process.cpuUsage();
  for (const name of ['a.yaml', 'a.ts', 'a.wgsl']) passagesOf(name, text);
  const { user } = process.cpuUsage(before);
  // About a tenth of a second on an idle machine.
  expect(user / 1e6).toBeLessThan(2);
});
