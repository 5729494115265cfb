import type { APIRoute } from 'astro';
import { answerAttempt } from '#submissions/answer-attempt.ts';
import { answerLabStanding } from '#submissions/answer-lab-standing.ts';

export const prerender = false;

/** Sends an attempt to be verified; see docs of `Attempt`. */
export const POST: APIRoute = ({ locals: { visit, verification }, request }) =>
  visit ? answerAttempt(visit, verification ?? null, request) : refuse(visit);

/** What became of it; see docs of `LabStanding`. */
export const GET: APIRoute = ({ locals: { visit, verification }, url }) =>
  visit ? answerLabStanding(visit, verification ?? null, url) : refuse(visit);

function refuse(visit: null | undefined): Response {
  return new Response('The database is not open.', {
    status: visit === null ? 503 : 404,
    headers: { 'Cache-Control': 'no-store' },
  });
}
