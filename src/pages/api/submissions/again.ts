import type { APIRoute } from 'astro';
import { refuseWithoutVisit } from '#accounts/refuse-without-visit.ts';
import { answerVerifyAgain } from '#submissions/answer-verify-again.ts';

export const prerender = false;

/** A manager has a submission verified once more; a plain form. */
export const POST: APIRoute = ({ locals: { visit, verification }, request }) =>
  visit ? answerVerifyAgain(visit, verification ?? null, request) : refuseWithoutVisit(visit);
