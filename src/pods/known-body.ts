import { rememberWholeBody, wholeBody } from './http/whole-body.ts';

const decoder = new TextDecoder();

/** A request that leaves without its text being read back from a stream, which costs several turns of the event loop. */
export function requestWithText(url: string, init: RequestInit & { body: string }): Request {
  const request = new Request(url, init);
  rememberWholeBody(request, init.body);
  return request;
}

/** True when all of a response's body arrived with its head, so that nothing of it is still to come. */
export function hasWholeBody(response: Response): boolean {
  return wholeBody(response) !== undefined;
}

/** The body as text: at once when it arrived with the head, else read to its end. */
export async function readText(response: Response): Promise<string> {
  const body = wholeBody(response);
  if (body === undefined) return response.text();
  return body === null ? '' : decoder.decode(body);
}
