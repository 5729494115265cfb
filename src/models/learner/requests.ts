/** What loading and a loaded model reject with: `message` is for the log, `status` for the answer. */
export interface ModelError extends Error {
  readonly code:
    | 'UnknownModel'
    | 'ModelMissing'
    | 'ModelCorrupt'
    | 'ModelUnsupported'
    | 'ModelClosed'
    | 'RuntimeUnavailable'
    | 'OutOfMemory'
    | 'InputInvalid'
    | 'InputEmpty'
    | 'InputTooLong'
    | 'BatchTooLarge'
    | 'QueueFull'
    | 'WrongTask'
    | 'DeviceLost';
  /** Suggested HTTP status: 400 or 413 for a bad input, 404 for an unknown model, 429 for a full queue, 503 for a model that cannot serve. */
  readonly status: number;
}

/**
 * The JSON in a request's body. Rejects with a `ModelError`: 400 when it is not JSON or not UTF-8, 413 when it
 * has more than `mostBytes` (65,536 unless told otherwise).
 */
export declare function readJson(request: Request, mostBytes?: number): Promise<unknown>;

/**
 * The answer to a request that failed, and a line about it in the pod's log: a `ModelError` gives its own status
 * and message, a client that left 499, anything else 500 without details.
 *
 * @example
 * app.onError((error) => toErrorResponse(error));
 */
export declare function toErrorResponse(error: unknown): Response;
