import type { Problem } from '#platform/problem.ts';
import { parseProgressFile } from './parse-progress-file.ts';
import { writeImport, type ImportCounts } from './write-import.ts';

export interface ImportOptions {
  /** The name that problems carry. */
  readonly file?: string;
  /** true imports the good entries of a file that has bad ones. */
  readonly goodOnly?: boolean;
}

/** Refused: nothing was written, and `usable` entries could be with `goodOnly`. */
export type ImportResult =
  | { readonly status: 'refused'; readonly problems: readonly Problem[]; readonly usable: number }
  | ({ readonly status: 'imported'; readonly problems: readonly Problem[] } & ImportCounts);

/** Checks an export whole and adds it to what is here. */
export async function importProgress(text: string, options: ImportOptions): Promise<ImportResult> {
  const { content, problems } = parseProgressFile(text, options.file ?? 'progress.json');
  if (!content || (problems.length > 0 && !options.goodOnly)) {
    return { status: 'refused', problems, usable: countEntries(content) };
  }
  return { status: 'imported', problems, ...(await writeImport(content)) };
}

function countEntries(content: ReturnType<typeof parseProgressFile>['content']): number {
  if (!content) return 0;
  return content.events.length + content.labFiles.length + content.labFileCopies.length;
}
