import type { Sandbox } from '#sandbox/open-sandbox.ts';
import type { ScenarioInput } from './scenario.ts';
import type { PolicyRun } from './simulate-policy.ts';
import type { OrderedPolicy, SimulationAnswer, SimulationOrder } from './simulation.worker.ts';

/** A learner's compiled policy, or why there is none to run; null for the one that the scenario names. */
type SimulatorPolicy =
  { readonly code: string; readonly sandbox: Sandbox } | { readonly refusal: string } | null;

/** A worker of the platform that runs scenarios in virtual time. */
export interface Simulator {
  /**
   * Runs a scenario, with a learner's compiled policy in `sandbox` or with the policy it names. A
   * refused policy gives a report of nothing that says why. Rejects when the scenario is wrong, and with the signal's reason.
   */
  run(scenario: ScenarioInput, policy: SimulatorPolicy, signal: AbortSignal): Promise<PolicyRun>;
  close(): void;
}

/** Starts the worker. */
export function openSimulator(): Simulator {
  const worker = new Worker(new URL('./simulation.worker.ts', import.meta.url), {
    type: 'module',
    name: 'simulation',
  });
  const waiting = new Map<number, PromiseWithResolvers<PolicyRun>>();
  let nextId = 1;
  worker.onmessage = ({ data }: MessageEvent<SimulationAnswer>) => {
    const answer = waiting.get(data.id);
    waiting.delete(data.id);
    if ('run' in data) answer?.resolve(data.run);
    else answer?.reject(new Error(data.failure));
  };
  worker.onerror = ({ message }) => {
    const failure = new Error(`The simulator could not start: ${message || 'no reason given'}`);
    for (const answer of waiting.values()) answer.reject(failure);
    waiting.clear();
  };
  return {
    async run(scenario, policy, signal) {
      signal.throwIfAborted();
      const id = nextId++;
      const answer = Promise.withResolvers<PolicyRun>();
      waiting.set(id, answer);
      const onAbort = (): void => {
        worker.postMessage({ t: 'cancel', id } satisfies SimulationOrder);
        answer.reject(signal.reason);
      };
      signal.addEventListener('abort', onAbort, { once: true });
      const ordered = order(policy);
      const transfer = ordered && 'broker' in ordered ? [ordered.broker] : [];
      worker.postMessage(
        { t: 'run', id, scenario, policy: ordered } satisfies SimulationOrder,
        transfer,
      );
      return answer.promise.finally(() => signal.removeEventListener('abort', onAbort));
    },
    close: () => worker.terminate(),
  };
}

function order(policy: SimulatorPolicy): OrderedPolicy {
  if (!policy || 'refusal' in policy) return policy;
  return { code: policy.code, broker: policy.sandbox.connect() };
}
