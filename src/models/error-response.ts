import { ModelError } from './errors.ts';

/** What nginx writes when the client went away; nobody reads it. */
const CLIENT_CLOSED_REQUEST = 499;

/**
 * The answer to a request that failed, and a line about it on the console: a ModelError gives its own status and
 * message, a client that left 499, anything else 500 without details, which only the log has.
 */
export function toErrorResponse(error: unknown): Response {
  if (error instanceof ModelError) return answerModelError(error);
  if (error instanceof DOMException && error.name === 'AbortError') {
    console.info(
      `${CLIENT_CLOSED_REQUEST} ClientClosedRequest: the client left, its work was ended`,
    );
    return new Response(null, { status: CLIENT_CLOSED_REQUEST });
  }
  console.error('500 InternalError:', error);
  const message = 'The server failed. Its log says why.';
  return Response.json({ error: { code: 'InternalError', message } }, { status: 500 });
}

function answerModelError({ code, message, status }: ModelError): Response {
  const line = `${status} ${code}: ${message}`;
  if (status >= 500) console.error(line);
  else console.warn(line);
  const headers: Record<string, string> = RETRY.has(status) ? { 'retry-after': '1' } : {};
  return Response.json({ error: { code, message } }, { status, headers });
}

const RETRY: ReadonlySet<number> = new Set([429, 503]);
