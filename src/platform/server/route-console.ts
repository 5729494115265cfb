import { reasonOf } from '../failure.ts';
import { hideInText } from '../hide-secrets.ts';
import type { Log } from '../log.ts';

/**
 * From now on, what libraries print is a line of the log, with the id of the request that it belongs to.
 * Astro prints the errors of pages: as they are, they have the query of the address in them.
 */
export function routeConsole(log: Log): void {
  console.error = (...parts: unknown[]) => log.error({ source: 'console' }, textOf(parts));
  console.warn = (...parts: unknown[]) => log.warn({ source: 'console' }, textOf(parts));
  console.info = (...parts: unknown[]) => log.info({ source: 'console' }, textOf(parts));
}

/**
 * From now on, what nobody catches ends the process with a line of the log. Node itself would show the line of
 * the built file in which it happened, which is most of the server, and the values of a query that failed.
 */
export function endByLog(log: Log): void {
  process.on('uncaughtException', (error) => {
    log.fatal({ source: 'uncaught' }, partOf(error));
    process.exit(1);
  });
}

function textOf(parts: readonly unknown[]): string {
  return parts.map(partOf).join(' ');
}

function partOf(part: unknown): string {
  if (part instanceof Error) return `${reasonOf(part)}\n${framesOf(part.stack ?? '')}`;
  return typeof part === 'string' ? hideInText(withoutValues(part)) : `[${typeof part}]`;
}

/** The stack of a failed query as a text: the values stand between the query and the frames. */
function withoutValues(text: string): string {
  const start = text.search(/^params: /m);
  return start === -1 ? text : text.slice(0, start) + framesOf(text.slice(start));
}

function framesOf(stack: string): string {
  return stack
    .split('\n')
    .filter((line) => /^\s+at .*:\d+:\d+\)?$/.test(line))
    .join('\n');
}
