import { expect, test } from 'vitest';
import { parseEnv } from './env.ts';

test('an empty environment gives the documented defaults', () => {
  expect(parseEnv({})).toEqual({ PORT: 4321, HOST: '127.0.0.1', DAY2_DIST: 'dist' });
});

test('a bad variable is named with what was found and the repair', () => {
  expect(() => parseEnv({ PORT: '99999', HOST: '' })).toThrowErrorMatchingInlineSnapshot();
});
