import { LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';
import type { Problem } from '#platform/problem.ts';

export type ParsedJson<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** Parses a JSON file with a schema; every problem has its line and field. */
export function parseJsonFile<Value>(
  file: string,
  text: string,
  schema: z.ZodType<Value>,
): ParsedJson<Value> {
  const json = readJson(file, text);
  if (!json.ok) return json;
  const parsed = schema.safeParse(json.value);
  if (parsed.success) return { ok: true, value: parsed.data };
  const findLine = createLineFinder(text);
  const problems = parsed.error.issues.map((issue) => ({
    file,
    line: findLine(issue.path),
    ...(issue.path.length > 0 ? { field: issue.path.join('.') } : {}),
    ...explain(issue),
  }));
  return { ok: false, problems };
}

function readJson(file: string, text: string): ParsedJson<unknown> {
  try {
    return { ok: true, value: JSON.parse(text) };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const line = Number(/line (\d+)/.exec(message)?.[1]);
    const problem = {
      file,
      ...(line > 0 ? { line } : {}),
      message: `This is not JSON: ${message}.`,
      repair:
        'Write double quotes, a comma between items and none after the last one, no comments.',
    };
    return { ok: false, problems: [problem] };
  }
}

function explain(issue: z.core.$ZodIssue): Pick<Problem, 'message' | 'repair'> {
  const reference = 'docs/authoring-labs.md lists every field.';
  if (issue.code === 'unrecognized_keys') {
    const names = issue.keys.map((key) => `"${key}"`).join(', ');
    return {
      message: `There is no field ${names}.`,
      repair: `Rename it or take it out; ${reference}`,
    };
  }
  if (issue.code === 'invalid_type' && issue.message.endsWith('received undefined')) {
    return { message: 'The field is missing.', repair: `Add a ${issue.expected}; ${reference}` };
  }
  return { message: `${issue.message}.`, repair: `Correct the value; ${reference}` };
}

/** Finds the line of a path, or of the nearest thing above it that exists. */
function createLineFinder(text: string): (path: readonly PropertyKey[]) => number {
  const lines = new LineCounter();
  // JSON is YAML, and this parser keeps the position of every value.
  const document = parseDocument(text, { lineCounter: lines });
  return (path) => {
    for (let depth = path.length; depth > 0; depth--) {
      const node: unknown = document.getIn(path.slice(0, depth), true);
      const range: unknown = Object(node).range;
      if (Array.isArray(range)) return lines.linePos(Number(range[0])).line;
    }
    return 1;
  };
}
