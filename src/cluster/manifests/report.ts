import type { Problem } from '#platform/problem.ts';
import type { YamlDocument, Path } from '#platform/yaml-document.ts';
import { goPath } from './go-path.ts';

/** Collects what is wrong with one document. */
export interface Report {
  /** At the value of a field, or at the nearest parent when the field is missing. */
  error(path: Path, message: string, repair: string): void;
  warning(path: Path, message: string, repair: string): void;
  /** At the name of a field. */
  errorAtKey(path: Path, message: string, repair: string): void;
  warningAtKey(path: Path, message: string, repair: string): void;
  readonly problems: readonly Problem[];
}

/** An empty report on one document. */
export function createReport(document: YamlDocument): Report {
  const problems: Problem[] = [];
  const add =
    (severity: 'error' | 'warning', of: 'value' | 'key') =>
    (path: Path, message: string, repair: string): void => {
      const { file } = document;
      const field = path.length === 0 ? {} : { field: path.join('.') };
      // The field is shown beside the message, so the message need not begin with it.
      const start = `${goPath(path)}: `;
      const short = message.startsWith(start) ? message.slice(start.length) : message;
      const place = document.locate(path, of);
      problems.push({ file, ...place, ...field, message: short, repair, severity });
    };
  return {
    error: add('error', 'value'),
    warning: add('warning', 'value'),
    errorAtKey: add('error', 'key'),
    warningAtKey: add('warning', 'key'),
    problems,
  };
}
