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
  const header = progressFileSchema.safeParse(value);
  if (!header.success) return { content: null, problems: problemsOfHeader(value, header, file) };
  const collect = <Entry>(list: keyof ProgressContent, schema: z.ZodType<Entry>): Entry[] =>
    header.data[list].flatMap((entry, index) => {
      const parsed = schema.safeParse(entry);
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
  const version = (value as { version?: unknown } | null)?.version;
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
  const message = `${issue.message}.`;
  if (issue.code === 'unrecognized_keys') return { file, field, message, repair: 'Remove it.' };
  return { file, ...(field && { field }), message, repair: exportAgain };
}
