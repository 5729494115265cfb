import type { Problem } from '#platform/problem.ts';

/** Collects the problems of one file. */
export interface ProblemList {
  readonly file: string;
  readonly problems: readonly Problem[];
  /** `line` is 1-based; absent when the problem is the whole file. */
  add(at: { line?: number | undefined; field?: string }, message: string, repair: string): void;
}

/** An empty list for a file, named as the author sees it. */
export function createProblemList(file: string): ProblemList {
  const problems: Problem[] = [];
  return {
    file,
    problems,
    add({ line, field }, message, repair) {
      problems.push({
        file,
        ...(line !== undefined && { line }),
        ...(field !== undefined && field !== '' && { field }),
        message,
        repair,
      });
    },
  };
}
