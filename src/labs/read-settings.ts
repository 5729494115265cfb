import type { z } from 'zod';
import { parseDocuments, type Path, type YamlDocument } from '#platform/yaml-document.ts';
import type { Problem } from '#platform/problem.ts';
import type { LabFiles } from './files.ts';

export type ReadSettings<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** Schemas of a lab's own YAML files by path: what `labs/<id>/settings.ts` exports as `settings`. */
export type LabSettings = Readonly<Record<string, z.ZodType>>;

/**
 * Reads one YAML file of a lab that is no Kubernetes manifest, with a strict schema. Every problem
 * has its line, its field and its repair. A message in the schema that ends in two sentences is split:
 * the last one is the repair.
 */
export function readSettings<Value>(
  files: LabFiles,
  path: string,
  schema: z.ZodType<Value>,
): ReadSettings<Value> {
  const text = files[path];
  if (text === undefined) return refuse(missing(path));
  const { documents, problems } = parseDocuments(path, text);
  if (problems.length > 0) return { ok: false, problems };
  const [document, second] = documents;
  if (!document) return refuse(empty(path));
  if (second) return refuse(several(path, second));
  const parsed = schema.safeParse(document.value);
  if (parsed.success) return { ok: true, value: parsed.data };
  return { ok: false, problems: parsed.error.issues.flatMap((issue) => explain(document, issue)) };
}

/** Every problem of all settings files of a lab. */
export function checkSettings(files: LabFiles, settings: LabSettings): readonly Problem[] {
  return Object.entries(settings).flatMap(([path, schema]) => {
    const read = readSettings(files, path, schema);
    return read.ok ? [] : read.problems;
  });
}

function explain(document: YamlDocument, issue: z.core.$ZodIssue): readonly Problem[] {
  const path = issue.path.map((part) => (typeof part === 'symbol' ? String(part) : part));
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => unknownField(document, [...path, key]));
  return [problemAt(document, path, 'value', sentencesOf(issue, valueAt(document.value, path)))];
}

function unknownField(document: YamlDocument, path: Path): Problem {
  const name = String(path.at(-1));
  const message = `There is no field "${name}" here.`;
  return problemAt(document, path, 'key', { message, repair: 'Rename it or take it out.' });
}

function sentencesOf(issue: z.core.$ZodIssue, found: unknown): Pick<Problem, 'message' | 'repair'> {
  const name = String(issue.path.at(-1) ?? 'the file');
  if (found === undefined) {
    const repair = `Add \`${name}:\` with${expectation(issue)}.`;
    return isOwn(issue.message) ? split(issue.message) : { message: `${name} is missing.`, repair };
  }
  if (isOwn(issue.message)) return split(issue.message);
  const repair = `Write${expectation(issue)} instead.`;
  return { message: `${name} is ${shorten(found)}, which does not fit here.`, repair };
}

function shorten(found: unknown): string {
  const text = JSON.stringify(found);
  return text.length > 60 ? `${text.slice(0, 60)}...` : text;
}

/** A sentence that the schema's author wrote, and not zod. */
function isOwn(message: string): boolean {
  return message.endsWith('.');
}

function split(text: string): Pick<Problem, 'message' | 'repair'> {
  const at = text.slice(0, -1).lastIndexOf('. ');
  if (at < 0) return { message: text, repair: 'Correct the value.' };
  return { message: text.slice(0, at + 1), repair: text.slice(at + 2) };
}

const NAMES: Readonly<Record<string, string>> = {
  number: ' a number',
  int: ' a whole number',
  string: ' text',
  boolean: ' true or false',
  array: ' a list',
  object: ' a map of fields',
  record: ' a map of fields',
};

function expectation(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return NAMES[issue.expected] ?? ` ${issue.expected}`;
    case 'invalid_value':
      return ` ${issue.values.map(String).join(' or ')}`;
    case 'too_small':
      return ` ${issue.inclusive === false ? 'more than' : 'at least'} ${String(issue.minimum)}`;
    case 'too_big':
      return ` ${issue.inclusive === false ? 'less than' : 'at most'} ${String(issue.maximum)}`;
    default:
      return ` a value that fits (${issue.message})`;
  }
}

function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (inside, part) =>
      typeof inside === 'object' && inside !== null ? Reflect.get(inside, part) : undefined,
    value,
  );
}

function problemAt(
  document: YamlDocument,
  path: Path,
  of: 'key' | 'value',
  said: Pick<Problem, 'message' | 'repair'>,
): Problem {
  const field = path.length === 0 ? {} : { field: path.join('.') };
  return { file: document.file, ...document.locate(path, of), ...field, ...said };
}

function missing(file: string): Problem {
  return {
    file,
    message: 'The file is missing.',
    repair: `Create ${file} again, or reset the lab.`,
  };
}

function empty(file: string): Problem {
  const repair = 'Write the settings into it again, or reset the lab.';
  return { file, line: 1, column: 1, message: 'There is nothing in this file.', repair };
}

function several(file: string, second: YamlDocument): Problem {
  const message = 'A second document begins here, and this file holds one.';
  return { file, ...second.locate([]), message, repair: 'Take out the line `---`.' };
}

function refuse(problem: Problem): { readonly ok: false; readonly problems: readonly Problem[] } {
  return { ok: false, problems: [problem] };
}
