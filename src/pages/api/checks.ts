import type { APIRoute } from 'astro';
import { answerCheck } from '#answers/answer-check.ts';
import { findCountedCheck } from '#courses/find-counted-check.ts';

export const prerender = false;

/** Grades one try at a check that counts. */
export const POST: APIRoute = ({ locals: { visit }, request }) =>
  answerCheck(visit, request, findCountedCheck);
