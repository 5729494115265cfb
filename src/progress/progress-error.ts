/** Why progress could not be read or kept. `explainProgressError` has the words for a person. */
export type ProgressErrorCode =
  /** This browser has no IndexedDB at all. */
  | 'missing'
  /** The browser refuses storage to this site: private mode, blocked cookies, a policy. */
  | 'refused'
  /** No room left for this site. */
  | 'quota'
  /** Another tab holds the database and does not let go. */
  | 'blocked'
  /** The database was written by a newer version of the site than this tab runs. */
  | 'newer'
  /** The person deleted their progress in another tab. */
  | 'forgotten'
  /** The browser failed; `cause` says how. */
  | 'failed';

/** Thrown by everything in progress that reads or writes; nothing is lost silently. */
export class ProgressError extends Error {
  readonly code: ProgressErrorCode;

  constructor(code: ProgressErrorCode, cause?: unknown) {
    super(`progress ${code}`, { cause });
    this.name = 'ProgressError';
    this.code = code;
  }
}

const codes: Readonly<Record<string, ProgressErrorCode>> = {
  QuotaExceededError: 'quota',
  SecurityError: 'refused',
  InvalidStateError: 'refused',
  VersionError: 'newer',
};

/** Gives whatever IndexedDB threw its code; a `ProgressError` passes through. */
export function toProgressError(cause: unknown): ProgressError {
  if (cause instanceof ProgressError) return cause;
  return new ProgressError(codes[(cause as Error).name] ?? 'failed', cause);
}
