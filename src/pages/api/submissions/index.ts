import type { APIRoute } from 'astro';
import { refuseWithoutVisit } from '#accounts/refuse-without-visit.ts';
import { answerAttempt } from '#submissions/answer-attempt.ts';
import { answerLabStanding } from '#submissions/answer-lab-standing.ts';

export const prerender = false;

/** Sends an attempt to be verified; see docs of `Attempt`. */
export const POST: APIRoute = ({ locals: { visit, verification }, request }) =>
  visit ? answerAttempt(visit, verification ?? null, request) : refuseWithoutVisit(visit);

/** What became of it; see docs of `LabStanding`. */
export const GET: APIRoute = ({ locals: { visit, verification }, url }) =>
  visit ? answerLabStanding(visit, verification ?? null, url) : refuseWithoutVisit(visit);
