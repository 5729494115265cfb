import { explainProgressError } from '#progress/progress-trouble.ts';

/** An error as sentences for the person: what happened and, where it is known, the repair. */
export function describeError(error: unknown): string {
  const trouble = explainProgressError(error);
  if (trouble) return `${trouble.message} ${trouble.repair}`;
  return error instanceof Error ? error.message : String(error);
}
