/** Where each line of a compiled module came from: index of the file and 1-based line, or null for the compiler's own. */
export interface LineMap {
  readonly files: readonly string[];
  readonly lines: readonly (readonly [file: number, line: number] | null)[];
}

const MARK = '//# lines=';

/** The module with its line map in a last comment, so that one text is all that travels to a pod. */
export function attachLineMap(code: string, map: LineMap): string {
  return `${code.trimEnd()}\n${MARK}${JSON.stringify(map)}`;
}

/** The map that `attachLineMap` added; null for a module without one. */
export function readLineMap(code: string): LineMap | null {
  const at = code.lastIndexOf(`\n${MARK}`);
  if (at < 0) return null;
  const end = code.indexOf('\n', at + 1);
  return JSON.parse(code.slice(at + 1 + MARK.length, end < 0 ? undefined : end)) as LineMap;
}

/** The place in the lab's files behind a 1-based line of the compiled module, as `serve.ts:12`; null when none. */
export function placeOf(map: LineMap, line: number): string | null {
  const origin = map.lines[line - 1];
  return origin ? `${map.files[origin[0]]}:${origin[1]}` : null;
}
