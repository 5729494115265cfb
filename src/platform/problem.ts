/** One thing wrong with something a person wrote: what was found, where, and the repair. */
export interface Problem {
  /** Path as the author sees it, for example `deployment.yaml` or `labs/l06-first-service/lab.json`. */
  readonly file: string;
  /** 1-based; absent when the problem is the whole file. */
  readonly line?: number;
  /** 1-based. */
  readonly column?: number;
  /** The whole line at `line`, for showing it with a caret under `column`. */
  readonly lineText?: string;
  /** Dotted field path, for example `spec.template.spec.containers.0.image`. */
  readonly field?: string;
  /** What was found and why it is a problem: one sentence. */
  readonly message: string;
  /** What to write or do instead: one sentence or a corrected snippet. */
  readonly repair: string;
  /** An error stops what was asked for; a warning is said and the work goes on. Absent means error. */
  readonly severity?: 'error' | 'warning';
}

/** `file:line:column field: message Repair: ...`, the form used in terminals and logs. */
export function formatProblem(problem: Problem): string {
  const position = [problem.file, problem.line, problem.column].filter(
    (part) => part !== undefined,
  );
  const field = problem.field ? ` ${problem.field}` : '';
  return `${position.join(':')}${field}: ${problem.message} Repair: ${problem.repair}`;
}
