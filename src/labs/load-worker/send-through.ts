import type { HttpConnection } from '#pods/http-port.ts';
import type { LoadPlan } from '#load/plan.ts';
import type { Send } from '#load/run-load.ts';

const KEPT_CHARACTERS = 4096;

/** Sends the plan's requests over the connection and reads every answer to its end. */
export function sendThrough(connection: HttpConnection, { request }: LoadPlan): Send {
  const { method, url, headers } = request;
  return async (body, signal) => {
    const response = await connection.fetch(new Request(url, { method, headers, body }), signal);
    const text = await response.text();
    return {
      status: response.status,
      pod: response.headers.get('x-served-by'),
      text: request.keepAnswers ? text.slice(0, KEPT_CHARACTERS) : null,
    };
  };
}
