import { isMap, isNode, LineCounter, parseAllDocuments, type Document } from 'yaml';
import type { Problem } from './problem.ts';
import { explainSyntaxError } from './yaml/syntax-error.ts';

export type Path = readonly (string | number)[];

/** One YAML document of a file, with the way back from a field to its place. */
export interface YamlDocument {
  readonly file: string;
  readonly value: unknown;
  /** Where the value of a field is, or its key; the nearest parent when it is missing. */
  locate(path: Path, of?: 'value' | 'key'): { readonly line: number; readonly column: number };
}

export interface ParsedFile {
  readonly documents: readonly YamlDocument[];
  readonly problems: readonly Problem[];
}

/** Reads every document of a YAML file. A document with a syntax error is left out and reported. */
export function parseDocuments(file: string, text: string): ParsedFile {
  const lines = new LineCounter();
  const parsed = parseAllDocuments(text, { lineCounter: lines, prettyErrors: false });
  const documents: YamlDocument[] = [];
  const problems: Problem[] = [];
  for (const document of Array.isArray(parsed) ? parsed : []) {
    // One mistake makes the parser stumble several times; the first is the one to mend.
    const [error] = document.errors;
    if (error) {
      const { line, col } = lines.linePos(error.pos[0]);
      problems.push({ file, line, column: col, ...explainSyntaxError(error) });
      continue;
    }
    if (document.contents === null) continue;
    const value = readValue(document);
    if (value instanceof ReferenceError) problems.push(aliasProblem(file, value));
    else documents.push(yamlDocument(file, document, value, lines));
  }
  return { documents, problems };
}

/** The document as plain data; the error when an alias leads nowhere, or to more than memory holds. */
function readValue(document: Document): unknown {
  try {
    return document.toJS();
  } catch (error) {
    if (error instanceof ReferenceError) return error;
    throw error;
  }
}

function aliasProblem(file: string, error: ReferenceError): Problem {
  return {
    file,
    line: 1,
    column: 1,
    message: `an alias (\`*name\`) cannot be resolved: ${error.message}.`,
    repair: 'Write the value itself in the place of the alias.',
  };
}

function yamlDocument(
  file: string,
  document: Document,
  value: unknown,
  lines: LineCounter,
): YamlDocument {
  return {
    file,
    value,
    locate: (path, of = 'value') => {
      const offset = of === 'key' ? keyOffset(document, path) : valueOffset(document, path);
      const { line, col } = lines.linePos(offset);
      return { line, column: col };
    },
  };
}

function keyOffset(document: Document, path: Path): number {
  const parent = path.length === 1 ? document.contents : document.getIn(path.slice(0, -1), true);
  if (isMap(parent)) {
    const pair = parent.items.find(({ key }) => isNode(key) && String(key) === String(path.at(-1)));
    if (pair && isNode(pair.key) && pair.key.range) return pair.key.range[0];
  }
  return valueOffset(document, path);
}

function valueOffset(document: Document, path: Path): number {
  for (let length = path.length; length > 0; length--) {
    const node = document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) {
      // A missing field is shown at the key of the map that should have it.
      return length === path.length ? node.range[0] : keyOffset(document, path.slice(0, length));
    }
  }
  return document.contents?.range?.[0] ?? 0;
}
