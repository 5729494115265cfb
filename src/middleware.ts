import type { APIContext, MiddlewareHandler } from 'astro';
import { keepSent } from '#forms/kept-form.ts';
import { isOutage, reasonOf } from '#platform/failure.ts';

/**
 * Around every page that is rendered on demand: where the database does not answer, the page for that
 * comes in its place, with 503; any other failure goes on to the page 500. The form that a page is sent
 * is put aside, so that a page in its place can keep it.
 */
export const onRequest: MiddlewareHandler = async (context, next) => {
  if (context.isPrerendered) return next();
  // Once: a page that comes in the place of another one is not where the form was sent.
  context.locals.sent ??= keepSent(context);
  try {
    return await next();
  } catch (error) {
    if (!isOutage(error)) throw error;
    return sayOutage(context, error);
  }
};

function sayOutage({ url, locals, rewrite }: APIContext, error: unknown): Promise<Response> {
  const { visit, requestId: id } = locals;
  visit?.log.error({ id, reason: reasonOf(error) }, 'the database does not answer');
  if (url.pathname.startsWith('/api/')) {
    const headers = { 'Cache-Control': 'no-store', 'Retry-After': '10' };
    return Promise.resolve(
      new Response('The database does not answer. Try again in a moment.', {
        status: 503,
        headers,
      }),
    );
  }
  // A request of its own: the body of a form was read already.
  return rewrite(new Request(new URL('/unavailable/', url)));
}
