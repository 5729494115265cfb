import * as z from 'zod';
import { moduleUrl, type SandboxedWorker, type SandboxedWorkers } from '#sandbox/workers.ts';
import { createMeasurement } from './engine/measure.ts';
import { createRun } from './engine/run.ts';
import type { SimulationReport } from './report.ts';
import { scenarioSchema, type Scenario, type ScenarioInput } from './scenario.ts';
import {
  CHUNKS_AHEAD,
  CHUNK_EVENTS,
  MOST_DECISIONS,
  type PolicyCommand,
} from './sandboxed/messages.ts';
import { createReplayingDecider } from './sandboxed/replaying-decider.ts';

export interface SimulatePolicyOptions {
  /** The learner's module as `compileImages` gives it: an ES module without imports. */
  readonly code: string;
  /** Text of `sandboxed/main.ts?sandboxed-text`. */
  readonly runtime: string;
  readonly workers: SandboxedWorkers;
  /** Cancels; the run then rejects with its reason. */
  readonly signal: AbortSignal;
  /** Milliseconds without a decision after which the policy counts as hung; 5,000 by default. */
  readonly silenceMs?: number;
}

export interface PolicyRun {
  readonly report: SimulationReport;
  /** What the policy printed, at most 200 lines. */
  readonly log: readonly string[];
}

const newsSchema = z.discriminatedUnion('t', [
  z.strictObject({ t: z.literal('ready'), hasAdmission: z.boolean() }),
  z.strictObject({ t: z.literal('failed'), message: z.string().max(2000) }),
  z.strictObject({
    t: z.literal('chunk'),
    events: z.int().min(0).max(2 * CHUNK_EVENTS),
    decisions: z.instanceof(Float64Array).refine(({ length }) => length <= MOST_DECISIONS),
    message: z.string().max(2000).nullable(),
    isOver: z.boolean(),
  }),
  z.strictObject({ t: z.literal('log'), text: z.string().max(2000) }),
]);
type News = z.output<typeof newsSchema>;

const SILENCE_MS = 5_000;
const MOST_LOG_LINES = 200;

/**
 * Runs a scenario with a learner's policy. The policy decides inside the sandbox, in a run of its
 * own; the report comes from a second run here that repeats its decisions, so that nothing in the
 * sandbox can state a result. A policy that throws, hangs or decides what cannot be carried out
 * ends the run: the report is partial and `stoppedBy` says why.
 */
export async function simulatePolicy(
  input: ScenarioInput,
  options: SimulatePolicyOptions,
): Promise<PolicyRun> {
  const scenario = scenarioSchema.parse(input);
  const { workers, runtime, signal } = options;
  const worker = await workers.spawn({ name: 'policy', module: moduleUrl(runtime) }, signal);
  try {
    return await follow(scenario, worker, options);
  } finally {
    worker.kill();
  }
}

async function follow(
  scenario: Scenario,
  { port }: SandboxedWorker,
  { code, signal, silenceMs = SILENCE_MS }: SimulatePolicyOptions,
): Promise<PolicyRun> {
  const news = listen(port, silenceMs, signal);
  const tell = (command: PolicyCommand): void => port.postMessage(command);
  const log: string[] = [];
  let replay = createReplay(scenario, false);
  tell({ t: 'start', scenario, code });
  for (let chunk = 0; chunk < CHUNKS_AHEAD; chunk += 1) tell({ t: 'go' });
  for (;;) {
    const one = await news();
    if (typeof one === 'string') return { report: replay.finish(one), log };
    if (one.t === 'log' && log.length < MOST_LOG_LINES) log.push(one.text);
    if (one.t === 'ready') replay = createReplay(scenario, one.hasAdmission);
    if (one.t === 'failed')
      return { report: replay.finish(`The policy could not be loaded: ${one.message}`), log };
    if (one.t !== 'chunk') continue;
    const ending = replay.advance(one);
    if (ending !== 'goes on') return { report: replay.finish(ending), log };
    tell({ t: 'go' });
  }
}

interface Replay {
  /** Why the run is over, null when by itself. */
  advance(chunk: Extract<News, { t: 'chunk' }>): string | null | 'goes on';
  finish(stoppedBy: string | null): SimulationReport;
}

function createReplay(scenario: Scenario, hasAdmission: boolean): Replay {
  const decider = createReplayingDecider(hasAdmission);
  const measurement = createMeasurement(scenario);
  const run = createRun(scenario, decider, measurement);
  return {
    advance({ events, decisions, message, isOver }) {
      decider.feed(decisions, message);
      const done = run.advance(events);
      // Also learns that nothing is left, which takes no event.
      const more = isOver && !run.isOver() ? run.advance(1) : 0;
      const { stoppedBy } = run.world;
      const isIdle = events === 0 && !isOver;
      if (isIdle || more > 0 || done !== events || !decider.isExact() || isOver !== run.isOver()) return MISFIT;
      if (run.isOver()) return stoppedBy;
      return 'goes on';
    },
    finish: (stoppedBy) => measurement.report(run.world, stoppedBy),
  };
}

const MISFIT = 'The decisions that came out of the sandbox do not fit the run.';

/** Gives the next message, or why there is none, one at a time. */
function listen(
  port: MessagePort,
  silenceMs: number,
  signal: AbortSignal,
): () => Promise<News | string> {
  const arrived: News[] = [];
  let wake = (): void => {};
  port.onmessage = ({ data }: MessageEvent<unknown>) => {
    const { success, data: parsed } = newsSchema.safeParse(data);
    arrived.push(success ? parsed : { t: 'failed', message: 'its worker sent nonsense.' });
    wake();
  };
  return async () => {
    signal.throwIfAborted();
    const present = arrived.shift();
    if (present) return present;
    const { promise, resolve } = Promise.withResolvers<void>();
    wake = resolve;
    const timer = setTimeout(resolve, silenceMs);
    signal.addEventListener('abort', wake);
    await promise;
    clearTimeout(timer);
    signal.removeEventListener('abort', wake);
    signal.throwIfAborted();
    return arrived.shift() ?? `The policy made no decision for ${silenceMs / 1000} s of real time.`;
  };
}
