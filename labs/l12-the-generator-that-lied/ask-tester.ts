import * as z from 'zod';
import type { LabCheckContext } from '#labs/check-context.ts';
import { pause } from '#labs/pause.ts';
import { readSettings } from '#labs/read-settings.ts';
import { loadtestSchema } from './settings.ts';
import { measure, type Report, type Settings, type Test } from './start/measure.ts';

/** What the learner's tester measured, or why it measured nothing. */
export type Asked =
  { readonly report: Report; readonly settings: Settings } | { readonly failure: string };

const START_MS = 15_000;
/** The module of a pod that runs is loaded in far less; one that waits for ever is never loaded. */
const LOADING_MS = 6000;
const ANSWER_MS = 15_000;

const answerSchema = z.strictObject({
  calls: z.array(z.tuple([z.number().min(-1e9).max(1e9), z.number().min(0).max(1e9)])).max(400_000),
  trouble: z.string().nullable(),
});

/**
 * Has arrivals.ts run a test in its pod, and measures what it sent here: the pod says when it sent,
 * never what came of it. Throws when the pod could not be started for a reason of ours.
 */
export async function askTester(
  context: LabCheckContext,
  test: Test,
  signal: AbortSignal,
): Promise<Asked> {
  const read = readSettings(context.files, 'loadtest.yaml', loadtestSchema);
  if (!read.ok) throw new Error('loadtest.yaml was accepted when it was deployed.');
  const text = await askUntilReady(context, test, signal);
  if (typeof text !== 'string') return text;
  const answer = parse(text);
  if (!answer) return { failure: 'The tester sent back something other than its calls.' };
  if (answer.trouble !== null) return { failure: answer.trouble.slice(0, 500) };
  const calls = answer.calls.map(([due, at]) => ({ due, at })).toSorted((a, b) => a.at - b.at);
  return { report: measure(calls, test, read.value), settings: read.value };
}

async function askUntilReady(
  context: LabCheckContext,
  test: Test,
  signal: AbortSignal,
): Promise<string | { readonly failure: string }> {
  const startedAt = performance.now();
  let runningSince = Infinity;
  for (;;) {
    const answer = await ask(context, test, signal);
    if (answer.isOk) return answer.text;
    if (answer.isFromPod) return { failure: answer.text };
    const { stdout } = await context.cluster.kubectl(['get', 'pods'], context.files);
    const failure = await findCrash(context, stdout);
    if (failure !== null) return { failure };
    const now = performance.now();
    if (/ Running /.test(stdout)) runningSince = Math.min(runningSince, now);
    if (now - runningSince > LOADING_MS) return { failure: UNLOADED };
    if (now - startedAt > START_MS)
      throw new Error(`The tester's pod did not start within ${START_MS / 1000} s: ${answer.text}`);
    await pause(100, signal);
  }
}

const UNLOADED = `The tester's pod runs and is not ready after ${LOADING_MS / 1000} s: arrivals.ts keeps the module from being loaded. Look for an \`await\` outside of \`arrive\`.`;

interface Answer {
  readonly isOk: boolean;
  readonly isFromPod: boolean;
  readonly text: string;
}

async function ask({ cluster }: LabCheckContext, test: Test, signal: AbortSignal): Promise<Answer> {
  const stop = AbortSignal.any([signal, AbortSignal.timeout(ANSWER_MS)]);
  const body = JSON.stringify(test);
  try {
    const request = new Request('http://tester/run', { method: 'POST', body, signal: stop });
    const response = await cluster.fetch(request);
    const text = await response.text();
    const isFromPod = response.headers.has('x-served-by');
    return {
      isOk: response.ok,
      isFromPod,
      text: `${response.ok ? '' : `${response.status} `}${text}`,
    };
  } catch (error) {
    signal.throwIfAborted();
    const text = `arrivals.ts kept the tester from answering: ${error instanceof Error ? error.message : String(error)}`;
    return { isOk: false, isFromPod: true, text };
  }
}

/** The last words of a container that ended, which a module does that throws when it is loaded. */
async function findCrash(
  { cluster, files }: LabCheckContext,
  pods: string,
): Promise<string | null> {
  if (!/Crash|Error|Unresponsive|OOMKilled/.test(pods)) return null;
  const logs = await cluster.kubectl(['logs', 'deploy/tester', '--tail=3'], files);
  return `The tester's pod does not stay up.\n${logs.stdout.trim() || pods.trim()}`;
}

function parse(text: string): z.output<typeof answerSchema> | null {
  try {
    const parsed = answerSchema.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
