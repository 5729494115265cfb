import type { APIRoute } from 'astro';
import { answerExchange } from '#progress/answer-exchange.ts';

export const prerender = false;

/** One exchange of progress between a device and the server; see docs of `ExchangeRequest`. */
export const POST: APIRoute = ({ locals: { visit }, request }) =>
  visit
    ? answerExchange(visit, request)
    : new Response('The database is not open.', {
        status: visit === null ? 503 : 404,
        headers: { 'Cache-Control': 'no-store' },
      });
