/** Why progress could not be exchanged with the server. Nothing is lost: it waits in this browser. */
export type SyncErrorCode =
  /** No answer: no network, or the server is down. */
  | 'unreachable'
  /** The server answers, but its database does not. */
  | 'unavailable'
  /** The session ended. */
  | 'signed-out'
  /** Somebody else signed in at this browser since. */
  | 'another-account'
  /** The server does not take what this page sent; one of the two is of another version. */
  | 'refused'
  /** All went out but what is larger than the server takes. */
  | 'too-large'
  /** This browser failed to read or keep progress. */
  | 'not-kept'
  /** The server failed; `cause` is what it said. */
  | 'failed';

/** Thrown by an exchange that did not happen. */
export class SyncError extends Error {
  readonly code: SyncErrorCode;

  constructor(code: SyncErrorCode, cause?: unknown) {
    super(`progress was not synchronised: ${code}`, { cause });
    this.name = 'SyncError';
    this.code = code;
  }
}
