import { DrizzleQueryError } from 'drizzle-orm/errors';
import { afterEach, expect, test, vi } from 'vitest';
import { logAs, type Log } from '../log.ts';
import { routeConsole } from './route-console.ts';

afterEach(() => vi.restoreAllMocks());

test('what a library prints becomes a line of the log without values and queries', () => {
  for (const name of ['error', 'warn', 'info'] as const) vi.spyOn(console, name);
  const lines: string[] = [];
  const write = (_fields: object, text: string) => void lines.push(text);
  routeConsole({ debug: write, info: write, warn: write, error: write } as unknown as Log);
  const failed = new DrizzleQueryError('SELECT $1', ['secret\n  of two lines'], new Error('down'));
  logAs('0123456789', () => {
    console.error(failed.stack);
    console.error(failed);
    console.info('Could not render /sign-in/link/?token=secret');
  });
  expect(lines.join('\n')).not.toContain('secret');
  expect(lines.join('\n')).not.toContain('of two lines');
  expect(lines[0]).toMatch(/Failed query: SELECT \$1\n\s+at /);
  expect(lines[1]).toContain('down (in the query: SELECT $1)');
  expect(lines[2]).toBe('Could not render /sign-in/link/?…');
});
