import * as z from 'zod';
import { connectWorkers } from '#sandbox/workers.ts';
// oxlint-disable-next-line import/default -- the query makes it a text
import runtime from './sandboxed/main.ts?sandboxed-text';
import type { ScenarioInput } from './scenario.ts';
import { reportRefusal, simulateInTurns } from './simulate.ts';
import { simulatePolicy, type PolicyRun } from './simulate-policy.ts';

/**
 * A learner's compiled policy and a port to the sandbox it decides in, or why it cannot be run; null
 * for the policy that the scenario names.
 */
export type OrderedPolicy =
  { readonly code: string; readonly broker: MessagePort } | { readonly refusal: string } | null;

export type SimulationOrder =
  | {
      readonly t: 'run';
      readonly id: number;
      readonly scenario: ScenarioInput;
      readonly policy: OrderedPolicy;
    }
  | { readonly t: 'cancel'; readonly id: number };

export type SimulationAnswer =
  | { readonly id: number; readonly run: PolicyRun }
  | { readonly id: number; readonly failure: string };

const running = new Map<number, AbortController>();

onmessage = ({ data }: MessageEvent<SimulationOrder>) => {
  if (data.t === 'cancel') running.get(data.id)?.abort();
  else void answer(data);
};

async function answer({ id, scenario, policy }: SimulationOrder & { t: 'run' }): Promise<void> {
  const abort = new AbortController();
  running.set(id, abort);
  try {
    const run = await runOrder(scenario, policy, abort.signal);
    postMessage({ id, run } satisfies SimulationAnswer);
  } catch (error) {
    const failure = describe(error);
    postMessage({ id, failure } satisfies SimulationAnswer);
  } finally {
    running.delete(id);
  }
}

async function runOrder(
  scenario: ScenarioInput,
  policy: OrderedPolicy,
  signal: AbortSignal,
): Promise<PolicyRun> {
  if (!policy) return { report: await simulateInTurns(scenario, signal), log: [] };
  if ('refusal' in policy) return { report: reportRefusal(scenario, policy.refusal), log: [] };
  const { code, broker } = policy;
  try {
    return await simulatePolicy(scenario, {
      code,
      runtime,
      workers: connectWorkers(broker),
      signal,
    });
  } finally {
    broker.close();
  }
}

function describe(error: unknown): string {
  if (error instanceof z.ZodError) return `The scenario is wrong: ${z.prettifyError(error)}`;
  return error instanceof Error ? error.message : String(error);
}
