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
    events: z
      .int()
      .min(0)
      .max(2 * CHUNK_EVENTS),
    decisions: z.instanceof(Float64Array).refine(({ length }) => length <= MOST_DECISIONS),
    message: z.string().max(2000).nullable(),
    isOver: z.boolean(),
  }),
  z.strictObject({ t: z.literal('log'), text: z.string().max(2000) }),
]);
type News = z.output<typeof newsSchema>;

const SILENCE_MS = 5_000;
/** More than the sandbox may send ahead: every chunk, every line of the log and two words. */
const MOST_WAITING = 210;
const MOST_LINES = 200;
const NONSENSE = 'The worker of the policy sent what is no message.';

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
  let replay: Replay | null = null;
  const end = (stoppedBy: string | null): PolicyRun => ({
    report: (replay ?? createReplay(scenario, false)).finish(stoppedBy),
    log,
  });
  tell({ t: 'start', scenario, code });
  for (let chunk = 0; chunk < CHUNKS_AHEAD; chunk += 1) tell({ t: 'go' });
  for (;;) {
    const one = await news();
    if (one.t === 'failed') return end(one.message);
    if (one.t === 'log') log.push(one.text);
    // Only once: a run that could begin again could be tried out.
    else if (one.t === 'ready') replay ??= createReplay(scenario, one.hasAdmission);
    else {
      const ending = replay ? replay.advance(one) : { stoppedBy: MISFIT };
      if (ending) return end(ending.stoppedBy);
      tell({ t: 'go' });
    }
  }
}

interface Replay {
  /** null while the run goes on; `stoppedBy` is null when it came to its own end. */
  advance(chunk: Extract<News, { t: 'chunk' }>): { readonly stoppedBy: string | null } | null;
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
      if (isIdle || more > 0 || done !== events || !decider.isExact() || isOver !== run.isOver())
        return { stoppedBy: MISFIT };
      return run.isOver() ? { stoppedBy } : null;
    },
    finish: (stoppedBy) => measurement.report(run.world, stoppedBy),
  };
}

const MISFIT = 'The decisions that came out of the sandbox do not fit the run.';

/** Gives one message after the other; silence, nonsense and a flood are failures. */
function listen(port: MessagePort, silenceMs: number, signal: AbortSignal): () => Promise<News> {
  const arrived: News[] = [];
  let wake = (): void => {};
  let lines = 0;
  const failed = (message: string): News => ({ t: 'failed', message });
  port.onmessage = ({ data }: MessageEvent<unknown>) => {
    const parsed = newsSchema.safeParse(data);
    if (parsed.success && parsed.data.t === 'log') lines += 1;
    const isFlood = lines > MOST_LINES || arrived.length > MOST_WAITING;
    if (isFlood) port.onmessage = null;
    arrived.push(parsed.success && !isFlood ? parsed.data : failed(NONSENSE));
    wake();
  };
  return async () => {
    signal.throwIfAborted();
    if (arrived.length === 0) {
      const { promise, resolve } = Promise.withResolvers<void>();
      wake = resolve;
      const timer = setTimeout(resolve, silenceMs);
      signal.addEventListener('abort', wake);
      await promise;
      clearTimeout(timer);
      signal.removeEventListener('abort', wake);
      signal.throwIfAborted();
    }
    const silence = `The policy made no decision for ${silenceMs / 1000} s of real time.`;
    return arrived.shift() ?? failed(silence);
  };
}
