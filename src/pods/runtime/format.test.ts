import { expect, test } from 'vitest';
import { format } from './format.ts';

test('values are shown as Node shows them', () => {
  expect(format(['hello', 1, true, null, undefined, 2n])).toBe('hello 1 true null undefined 2n');
  expect(format([{ a: 1, b: ['x', { c: { d: {} } }] }])).toBe(
    "{ a: 1, b: [ 'x', { c: [Object] } ] }",
  );
  expect(format([new Map([['k', new Set([1])]])])).toBe("Map(1) { 'k' => Set(1) { 1 } }");
  expect(format([Uint8Array.of(1, 2)])).toBe('Uint8Array(2) [ 1, 2 ]');
  expect(format([Object.create(null)])).toBe('[Object: null prototype] {}');
});

test('placeholders are filled and the rest is appended', () => {
  expect(format(['%s has %d of %i (%j) %%', 'pod', '3', 4.7, { a: 1 }, 'more'])).toBe(
    'pod has 3 of 4 ({"a":1}) % more',
  );
  expect(format(['100%s'])).toBe('100%s');
});

test('a circle ends', () => {
  const circle: Record<string, unknown> = {};
  circle['self'] = circle;
  expect(format([circle])).toBe('{ self: [Circular] }');
});

test('a long list is cut', () => {
  expect(format([Array.from({ length: 150 }, () => 0)])).toContain('... 50 more items');
});
