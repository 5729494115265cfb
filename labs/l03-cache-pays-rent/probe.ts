import * as z from 'zod';
import type { LabCheckContext } from '#labs/check-context.ts';
import { pause } from '#labs/pause.ts';
import { drawRunbooks } from '#models/draw-runbooks.ts';

/** What one request came to. */
export interface Answer {
  readonly status: number;
  /** null when it was refused or failed. */
  readonly text: string | null;
}

/** What the crowd of callers met, and what it took. */
export interface Crowd {
  readonly answers: readonly Answer[];
  /** The most that keys and values took since the pods started, all pods together. */
  readonly peakBytes: number;
  readonly pods: number;
}

/** 4 MiB: what the node has left for keys and values. */
export const BUDGET_BYTES = 4 * 1024 * 1024;
/** As many callers at once as the server takes together. */
export const CALLERS = 12;
/** So long that each fills its context, 256 tokens, whatever it is answered. */
const PROMPT_TOKENS = 252;
const READY_MS = 25_000;

const cutSchema = z.object({ texts: z.array(z.string()) });

/** 12 long requests at the same moment; sent once a grade. */
export function crowd(context: LabCheckContext, signal: AbortSignal): Promise<Crowd> {
  const known = context.notes.get('crowd') as Promise<Crowd> | undefined;
  const meeting = known ?? meet(context, signal);
  context.notes.set('crowd', meeting);
  return meeting;
}

/** Asks a Service until it answers, and gives the last refusal's text where it does not in 25 s. */
export async function post(
  { cluster }: LabCheckContext,
  url: string,
  body: object,
  signal: AbortSignal,
): Promise<{ readonly ok: boolean; readonly text: string }> {
  const startedAt = performance.now();
  for (;;) {
    const response = await cluster.fetch(toRequest(url, body, signal));
    const text = await response.text();
    if (response.ok || performance.now() - startedAt > READY_MS) return { ok: response.ok, text };
    await pause(100, signal);
  }
}

/** One request to continue a text, the likeliest token each time; whatever becomes of it is an answer. */
export async function generate(
  { cluster }: LabCheckContext,
  service: string,
  prompt: string,
  maxTokens: number,
  signal: AbortSignal,
): Promise<Answer> {
  const url = `http://${service}/generate`;
  const response = await cluster.fetch(toRequest(url, { prompt, maxTokens }, signal));
  const body = await response.text();
  if (!response.ok) return { status: response.status, text: null };
  return { status: 200, text: (JSON.parse(body) as { text: string }).text };
}

async function meet(context: LabCheckContext, signal: AbortSignal): Promise<Crowd> {
  const texts = Array.from({ length: CALLERS }, (_, caller) =>
    drawRunbooks(context.seed * CALLERS + caller, 4).join('\n'),
  );
  const cut = await post(context, 'http://oncall-lm/cut', { texts, tokens: PROMPT_TOKENS }, signal);
  if (!cut.ok) throw new Error(`The prompts could not be cut: ${cut.text}`);
  const prompts = cutSchema.parse(JSON.parse(cut.text)).texts;
  const answers = await Promise.all(
    prompts.map((prompt) => generate(context, 'oncall-lm', prompt, 256, signal)),
  );
  const targets = (await context.cluster.scrape()).filter(({ pod }) =>
    pod?.startsWith('oncall-lm'),
  );
  const peaks = targets.map(({ text }) => peakIn(text ?? ''));
  return { answers, peakBytes: peaks.reduce((sum, peak) => sum + peak, 0), pods: targets.length };
}

function peakIn(text: string): number {
  const found = /^generator_kv_cache_peak_bytes\{[^}]*\} (\d+)$/m.exec(text);
  return Number(found?.[1] ?? 0);
}

function toRequest(url: string, body: object, signal: AbortSignal): Request {
  const headers = { 'content-type': 'application/json' };
  return new Request(url, { method: 'POST', headers, body: JSON.stringify(body), signal });
}
