import { createHash } from 'node:crypto';
import type { APIRoute } from 'astro';
// oxlint-disable-next-line import/default -- the query makes it a text
import broker from '#sandbox/broker.ts?sandboxed-text';
import { brokerHash } from '#sandbox/policy.ts';
import { frameDocument } from '#sandbox/frame-document.ts';

export const prerender = true;

/** The sandbox document. */
export const GET: APIRoute = () => {
  const hash = `sha256-${createHash('sha256').update(broker.trim()).digest('base64')}`;
  if (hash !== brokerHash)
    throw new Error(`broker.ts changed: set brokerHash in src/sandbox/policy.ts to '${hash}'.`);
  return new Response(frameDocument(broker), {
    headers: { 'Content-Type': 'text/html; charset=utf-8' },
  });
};
