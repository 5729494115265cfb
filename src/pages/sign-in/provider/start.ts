import type { APIRoute } from 'astro';
import { respondDone } from '#accounts/respond.ts';
import { startProvider } from '#accounts/start-provider.ts';

export const prerender = false;

/** Sends the browser to the sign-in provider. */
export const GET: APIRoute = async ({ locals, url, rewrite }) => {
  const { visit } = locals;
  if (!visit) return rewrite('/unavailable/');
  return respondDone(await startProvider(visit, url.searchParams.get('next')));
};
