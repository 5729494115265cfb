import { placeOf, type LineMap } from '../line-map.ts';

let image: { readonly name: string; readonly map: LineMap } | null = null;

/** From now on stack traces name the lab's files: `name` is the compiled module's in a trace. */
export function traceImage(name: string, map: LineMap | null): void {
  image = map && { name, map };
}

/** An error's text with its stack and causes: the lab's own frames and nothing of the runtime's. */
export function describeError(error: unknown): string {
  if (!(error instanceof Error)) return `Uncaught ${String(error)}`;
  const lines = [`${error.name}: ${error.message}`, ...stackLines(error)];
  if (error.cause !== undefined) lines.push(`  caused by: ${describeError(error.cause)}`);
  return lines.join('\n');
}

/** V8 writes `at f (x.js:1:2)` under the message; Firefox and WebKit write `f@x.js:1:2` alone. */
function stackLines(error: Error): string[] {
  const stack = typeof error.stack === 'string' ? error.stack : '';
  return stack
    .split('\n')
    .filter((line) => /^\s+at |@/.test(line) && !line.includes('data:text/javascript'))
    .map((line) => `    ${toLabPlace(line.trim().replace(/^(?!at )/, 'at '))}`)
    .slice(0, 10);
}

function toLabPlace(frame: string): string {
  if (!image) return frame;
  const { name, map } = image;
  return frame.replace(/([\w.-]+\.js):(\d+):\d+/, (found, module: string, line: string) =>
    module === name ? (placeOf(map, Number(line)) ?? found) : found,
  );
}
