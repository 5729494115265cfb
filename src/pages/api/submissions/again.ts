import type { APIRoute } from 'astro';
import { answerVerifyAgain } from '#submissions/answer-verify-again.ts';

export const prerender = false;

/** A manager has a submission verified once more; a plain form. */
export const POST: APIRoute = ({ locals: { visit, verification }, request }) =>
  visit
    ? answerVerifyAgain(visit, verification ?? null, request)
    : new Response('The database is not open.', {
        status: visit === null ? 503 : 404,
        headers: { 'Cache-Control': 'no-store' },
      });
