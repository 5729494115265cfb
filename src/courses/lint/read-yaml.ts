import { isMap, isScalar, LineCounter, parseDocument, visit, type Document } from 'yaml';
import type { z } from 'zod';
import { describeIssue } from './describe-issue.ts';
import type { ProblemList } from './problem-list.ts';

/** A parsed YAML or JSON text that knows its lines. */
export interface YamlText {
  readonly value: unknown;
  /** The line of a field, or of the nearest parent that exists. */
  lineOf(path: readonly PropertyKey[]): number;
}

/** Parses YAML (JSON is a part of it); null when the syntax is broken, with each error in `list`. */
export function readYaml(text: string, list: ProblemList, firstLine = 1): YamlText | null {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const toLine = (offset: number) => lines.linePos(offset).line + firstLine - 1;
  for (const error of document.errors) {
    const reason = error.message.replace(/\.$/, '');
    list.add(
      { line: toLine(error.pos[0]) },
      `The syntax is broken: ${reason}.`,
      'Correct the syntax at this line.',
    );
  }
  const key = findKeyThatIsNoText(document);
  if (key !== null)
    list.add(
      { line: toLine(key) },
      'A key is a list, a map or an alias.',
      'Write a word as the key.',
    );
  if (document.errors.length > 0 || key !== null) return null;
  return {
    value: document.toJS(),
    lineOf: (path) => toLine(offsetOf(document, path)),
  };
}

/** Holds a value against a schema; null when it does not fit, with each misfit in `list`. */
export function checkShape<Schema extends z.ZodType>(
  yaml: YamlText,
  schema: Schema,
  list: ProblemList,
): z.output<Schema> | null {
  const parsed = schema.safeParse(yaml.value);
  if (parsed.success) return parsed.data;
  for (const issue of parsed.error.issues) {
    for (const { path, message, repair } of describeIssue(issue, yaml.value)) {
      list.add({ line: yaml.lineOf(path), field: path.map(String).join('.') }, message, repair);
    }
  }
  return null;
}

/** As plain data such a key becomes text, which takes hours where keys of keys are nested. */
function findKeyThatIsNoText(document: Document): number | null {
  let offset: number | null = null;
  visit(document, {
    Pair: (_, { key }) => {
      if (key === null || isScalar(key)) return undefined;
      offset = (key as { range?: [number] }).range?.[0] ?? 0;
      return visit.BREAK;
    },
  });
  return offset;
}

function offsetOf(document: Document, path: readonly PropertyKey[]): number {
  for (let length = path.length; length > 0; length--) {
    const offset = offsetOfField(document, path.slice(0, length));
    if (offset !== undefined) return offset;
  }
  return document.contents?.range?.[0] ?? 0;
}

function offsetOfField(document: Document, path: readonly PropertyKey[]): number | undefined {
  const parent = document.getIn(path.slice(0, -1), true);
  if (isMap(parent)) {
    const keys = parent.items.map((pair) => pair.key).filter((key) => isScalar(key));
    return keys.find((key) => key.value === path.at(-1))?.range?.[0];
  }
  const node = document.getIn(path, true) as { range?: [number] } | undefined;
  return node?.range?.[0];
}
