import type { APIRoute } from 'astro';

export const prerender = false;

/** Answers 200 while this process can answer at all. */
export const GET: APIRoute = () =>
  new Response('ok\n', { headers: { 'Content-Type': 'text/plain; charset=utf-8' } });
