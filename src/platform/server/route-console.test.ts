import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
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

test('what nobody catches ends the process with one line of the log, without the values of a query', async () => {
  const program = `
    import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { DrizzleQueryError } from 'drizzle-orm/errors';
    import { createLog } from '#platform/log.ts';
    import { endByLog } from '#platform/server/route-console.ts';
    endByLog(createLog('info'));
    Promise.reject(new DrizzleQueryError('SELECT $1', ['secret'], new Error('down')));
    setInterval(() => undefined, 60_000);`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', program], {
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: 15_000,
  });
  const [stdout, stderr, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close'),
  ]);
  expect(code).toBe(1);
  expect(stderr).toBe('');
  const lines = stdout.trim().split('\n');
  expect(lines).toHaveLength(1);
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({
    level: 60,
    msg: expect.stringMatching(/^down \(in the query: SELECT \$1\)/) as string,
  });
  expect(stdout).not.toContain('secret');
});
