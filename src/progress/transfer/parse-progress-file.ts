import type { z } from 'zod';
import type { Problem } from '#platform/problem.ts';
import { eventSchema } from '../event-schema.ts';
import { progressFileVersion, type ProgressContent } from './progress-content.ts';
import { labFileCopySchema, labFileSchema, progressFileSchema } from './progress-file.ts';

export interface ParsedProgressFile {
  /** The entries without a problem; null when the file as a whole cannot be used. */
  readonly content: ProgressContent | null;
  readonly problems: readonly Problem[];
}

const exportAgain = 'Export the progress again and import that file unchanged.';

/** Parses an export strictly: every problem with its field, and whatever is good beside them. */
export function parseProgressFile(text: string, file: string): ParsedProgressFile {
  const problems: Problem[] = [];
  const value = parseJson(text, file, problems);
  if (value === undefined) return { content: null, problems };
  const header = progressFileSchema.safeParse(value, { reportInput: true });
  if (!header.success) return { content: null, problems: problemsOfHeader(value, header, file) };
  const collect = <Entry>(list: keyof ProgressContent, schema: z.ZodType<Entry>): Entry[] =>
    header.data[list].flatMap((entry, index) => {
      const parsed = schema.safeParse(entry, { reportInput: true });
      if (parsed.success) return [parsed.data];
      problems.push(...parsed.error.issues.map((issue) => toProblem(issue, [list, index], file)));
      return [];
    });
  const content: ProgressContent = {
    events: collect('events', eventSchema),
    labFiles: collect('labFiles', labFileSchema),
    labFileCopies: collect('labFileCopies', labFileCopySchema),
  };
  return { content, problems };
}

function parseJson(text: string, file: string, problems: Problem[]): unknown {
  try {
    // Some editors put a byte order mark in front, which JSON does not allow.
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (cause) {
    const said = (cause as SyntaxError).message;
    const position = /line (\d+) column (\d+)/.exec(said);
    const found = text.trim() === '' ? 'The file is empty.' : `This is not JSON: ${said}.`;
    problems.push({
      file,
      ...(position && { line: Number(position[1]), column: Number(position[2]) }),
      message: found,
      repair: 'Choose the file that "Export" wrote; if it was cut off, export again.',
    });
    return undefined;
  }
}

function problemsOfHeader(value: unknown, header: { error: z.ZodError }, file: string): Problem[] {
  const { format, version } = (value ?? {}) as { format?: unknown; version?: unknown };
  if (format !== 'day-two-progress') {
    const message = `This is not an export of progress: expected "day-two-progress", found ${show(format)}.`;
    return [{ file, field: 'format', message, repair: 'Choose the file that "Export" wrote.' }];
  }
  if (typeof version === 'number' && version > progressFileVersion) {
    return [
      {
        file,
        field: 'version',
        message: `The file has version ${version}, and this site reads up to ${progressFileVersion}.`,
        repair: 'Import it where it was exported, or ask for this site to be updated.',
      },
    ];
  }
  return header.error.issues.map((issue) => toProblem(issue, [], file));
}

function toProblem(issue: z.core.$ZodIssue, prefix: readonly PropertyKey[], file: string): Problem {
  const field = [...prefix, ...issue.path].map(String).join('.');
  const place = { file, ...(field && { field }) };
  if (issue.code === 'unrecognized_keys') {
    return { ...place, message: `${issue.message}.`, repair: 'Remove it.' };
  }
  const message = `${issue.message}, found ${show(findInput(issue))}.`;
  return { ...place, message, repair: exportAgain };
}

/** Of an unknown kind the issue holds the whole entry; the kind is what matters. */
function findInput(issue: z.core.$ZodIssue): unknown {
  const { input } = issue;
  const isEntry = issue.code === 'invalid_union' && typeof input === 'object' && input !== null;
  return isEntry && 'kind' in input ? input.kind : input;
}

function show(found: unknown): string {
  if (found === undefined) return 'nothing';
  const text = JSON.stringify(found);
  return text.length > 60 ? `${text.slice(0, 60)}...` : text;
}
