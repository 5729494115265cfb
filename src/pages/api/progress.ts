import type { APIRoute } from 'astro';
import { refuseWithoutVisit } from '#accounts/refuse-without-visit.ts';
import { answerExchange } from '#progress/answer-exchange.ts';

export const prerender = false;

/** One exchange of progress between a device and the server; see docs of `ExchangeRequest`. */
export const POST: APIRoute = ({ locals: { visit }, request }) =>
  visit ? answerExchange(visit, request) : refuseWithoutVisit(visit);
