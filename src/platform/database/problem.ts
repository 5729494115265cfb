/** Why a database cannot be used: what was found, where, and the repair. */
export class DatabaseProblem extends Error {
  override readonly name = 'DatabaseProblem';
  readonly kind: ProblemKind;

  constructor(kind: ProblemKind, parts: ProblemParts) {
    const { found, where, repair, cause } = parts;
    super(`${found} Where: ${where}. Repair: ${repair}`, { cause });
    this.kind = kind;
  }
}

/**
 * `passing`: may be over on the next try. `lasting`: needs a person. `taken`: another process has it.
 * `refused`: this server would do harm in it.
 */
export type ProblemKind = 'passing' | 'lasting' | 'taken' | 'refused';

export interface ProblemParts {
  readonly found: string;
  readonly where: string;
  readonly repair: string;
  readonly cause?: unknown;
}

/** The reason in words, whatever was thrown. pg says several failed addresses in an AggregateError without a message. */
export function messageOf(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) {
    return error.errors.map(messageOf).join('; ');
  }
  return error instanceof Error ? error.message : String(error);
}
