import type { Done, FormAnswer } from '#forms/answer.ts';

/** Sends the browser on after a form, so that a reload does not send it again. */
export function respondDone({ to, cookies }: Done): Response {
  const headers = new Headers({ Location: to });
  for (const cookie of cookies) headers.append('Set-Cookie', cookie);
  return new Response(null, { status: 303, headers });
}

/** The status and headers of a page that shows a form again. */
export function markRefusal(
  answer: FormAnswer | null,
  response: ResponseInit & { headers: Headers },
): void {
  response.headers.set('Cache-Control', 'no-store');
  if (answer?.kind !== 'refused') return;
  response.status = answer.status;
  if (answer.retryAfter !== undefined)
    response.headers.set('Retry-After', String(answer.retryAfter));
}

/** The status and headers of a page that stands where another one is not shown; it must be said before the page is drawn. */
export function markRefused(
  response: ResponseInit & { headers: Headers },
  status: 401 | 403 | 404 | 503,
): void {
  response.status = status;
  response.headers.set('Cache-Control', 'no-store');
}
