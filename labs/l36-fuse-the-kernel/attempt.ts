import type { CheckOutcome } from '#grading/check.ts';
import type { LabCheckContext } from '#labs/check-context.ts';
import { pause } from '#labs/pause.ts';
import { readSettings } from '#labs/read-settings.ts';
import { passesSchema } from './settings.ts';
import type { Pass, Shape } from './start/kernel.ts';

/** What one run in the pod gave. */
export interface KernelRun {
  readonly weights: Float32Array;
  readonly counts: readonly number[];
  readonly dispatches: number;
}

/** A run, or why there was none: the learner's own trouble, as text. */
export type Tried =
  { readonly ok: true; readonly run: KernelRun } | { readonly ok: false; readonly why: string };

/** A shape with scores for it. */
export interface Case {
  readonly name: string;
  readonly shape: Shape;
  readonly scores: Float32Array<ArrayBuffer>;
}

/** A case and what was counted while it ran. */
export interface CountedCase extends Case {
  readonly counts: readonly number[];
}

const READY_MS = 30_000;

/** The learner's passes. */
export function readPasses({ files }: LabCheckContext): readonly Pass[] {
  const read = readSettings(files, 'passes.yaml', passesSchema);
  if (!read.ok) throw new Error('The settings were accepted when they were deployed.');
  return read.value.passes;
}

/** Runs the learner's shader once, counted. Throws, at no cost to the learner, where there is no adapter. */
export async function runKernel(
  context: LabCheckContext,
  { shape, scores }: Case,
  signal: AbortSignal,
): Promise<Tried> {
  const query = new URLSearchParams(
    Object.entries(shape).map(([name, value]) => [name, String(value)]),
  );
  const response = await ask(context, `http://kernel/run?${query}`, scores, signal);
  const kind = response.headers.get('x-trouble');
  if (kind !== null) return { ok: false, why: await explain(kind, response) };
  const weights = new Float32Array(await response.arrayBuffer());
  const counts = (response.headers.get('x-counts') ?? '').split(',').map(Number);
  return {
    ok: true,
    run: { weights, counts, dispatches: Number(response.headers.get('x-dispatches')) },
  };
}

/** Milliseconds of the learner's passes and of five; null on a software adapter. */
export async function timeKernel(
  context: LabCheckContext,
  signal: AbortSignal,
): Promise<{
  readonly adapter: string;
  readonly yours: number | null;
  readonly before: number | null;
}> {
  const response = await ask(context, 'http://kernel/time', null, signal);
  const kind = response.headers.get('x-trouble');
  if (kind !== null) throw new Error(await explain(kind, response));
  return (await response.json()) as Awaited<ReturnType<typeof timeKernel>>;
}

/** The outcome of a check whose run did not come about. */
export function didNotRun(why: string, bar: string): CheckOutcome {
  return {
    passed: false,
    measured: why,
    bar,
    why: 'Nothing can be said of a shader that does not run.',
  };
}

/** The text for the learner; throws what is no fault of theirs. */
async function explain(kind: string, response: Response): Promise<string> {
  const text = (await response.text()).trim();
  if (kind === 'unavailable')
    throw new Error(
      `A shader cannot run here: ${text}. Nothing was graded and no points are lost. Use a browser with WebGPU, or switch it on; one with a software adapter is enough.`,
    );
  if (kind === 'lost')
    throw new Error(`${text} Check again; if it happens again, the driver may be at fault.`);
  return text;
}

async function ask(
  { cluster }: LabCheckContext,
  url: string,
  body: Float32Array<ArrayBuffer> | null,
  signal: AbortSignal,
): Promise<Response> {
  const startedAt = performance.now();
  for (;;) {
    const response = await cluster.fetch(new Request(url, { method: 'POST', body, signal }));
    if (response.ok || response.headers.has('x-trouble')) return response;
    if (performance.now() - startedAt > READY_MS)
      throw new Error(
        `The pod did not answer within ${READY_MS / 1000} s: ${await response.text()}`,
      );
    await pause(100, signal);
  }
}
