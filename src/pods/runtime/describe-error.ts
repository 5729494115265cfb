/** An error's text with its stack and causes, without the runtime's own frames and data: URLs. */
export function describeError(error: unknown): string {
  if (!(error instanceof Error)) return `Uncaught ${String(error)}`;
  const head = `${error.name}: ${error.message}`;
  const lines = [head, ...stackLines(error)];
  if (error.cause !== undefined) lines.push(`  caused by: ${describeError(error.cause)}`);
  return lines.join('\n');
}

/** V8 repeats name and message above the frames; Firefox and WebKit do not. */
function stackLines(error: Error): string[] {
  const stack = typeof error.stack === 'string' ? error.stack : '';
  return stack
    .split('\n')
    .filter((line) => /^\s+at |@/.test(line) && !line.includes('data:text/javascript'))
    .map((line) => `    ${line.trim().replace(/^(?!at )/, 'at ')}`)
    .slice(0, 10);
}
