/** A refusal of the API server: the words kubectl puts after `Error from server`. */
export class ApiError extends Error {
  readonly reason: string;

  constructor(reason: string, message: string) {
    super(message);
    this.name = 'ApiError';
    this.reason = reason;
  }
}

/** The refusal that webernetes threw, without its HTTP envelope. */
export function toApiError(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  const text = error instanceof Error ? error.message : String(error);
  const status = statusBody(error);
  if (status) return new ApiError(status.reason ?? 'InternalError', status.message ?? text);
  const reason = error instanceof Error && error.name !== 'Error' ? error.name : 'InternalError';
  return new ApiError(reason, text);
}

/** True when the API server has no such object. */
export function isNotFound(error: unknown): boolean {
  return error instanceof ApiError && error.reason === 'NotFound';
}

interface StatusBody {
  readonly reason?: string;
  readonly message?: string;
}

function statusBody(error: unknown): StatusBody | null {
  if (!(error instanceof Error) || !('body' in error)) return null;
  const body: unknown = typeof error.body === 'string' ? JSON.parse(error.body) : error.body;
  return typeof body === 'object' && body !== null ? body : null;
}
