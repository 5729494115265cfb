import { expect, test } from 'vitest';
import { nextPath } from './next-path.ts';

test.each([
  '//evil.example',
  '/\\evil.example',
  '/\t/evil.example',
  '/.//evil.example',
  '/a/..//evil.example',
  'https://evil.example/',
  'javascript:alert(1)',
  'evil.example',
  '',
  null,
])('%j leads nowhere but to the account', (value) => {
  expect(nextPath(value)).toBe('/account/');
});

test.each([
  ['/paths/?a=b#c', '/paths/?a=b#c'],
  ['/pa\r\nths/', '/paths/'],
  ['/日本/', '/%E6%97%A5%E6%9C%AC/'],
])('%j is a path of this site, as a header may have it', (value, path) => {
  expect(nextPath(value)).toBe(path);
});
