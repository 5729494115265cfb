import { openSandbox } from '#sandbox/open-sandbox.ts';
import { openSimulator } from '#simulation/open-simulator.ts';
import type { ScenarioInput } from '#simulation/scenario.ts';

const NATIVE_REQUESTS = 1_000_000;
const POLICY_REQUESTS = 100_000;
/** As a learner would write it. */
const POLICY = `export const pick = (endpoints) =>
  endpoints.reduce((best, one) => (one.inFlight < best.inFlight ? one : best));`;

/** Milliseconds of wall time: an M/M/4 of 1,000,000 requests, and 100,000 with a policy in the sandbox. */
export interface SimulationTimes {
  readonly native: number;
  readonly policy: number;
}

/** Runs both in the simulator's worker, the second with its sandbox open already. */
export async function measureSimulation(): Promise<SimulationTimes> {
  const signal = AbortSignal.timeout(120_000);
  const simulator = openSimulator();
  const sandbox = await openSandbox(signal);
  try {
    const policy = { code: POLICY, sandbox };
    // The first run of each also compiles the code.
    await simulator.run(scenario(NATIVE_REQUESTS / 10, 1, 4), null, signal);
    const native = await time(() => simulator.run(scenario(NATIVE_REQUESTS, 1, 4), null, signal));
    const decided = await time(() =>
      simulator.run(scenario(POLICY_REQUESTS, 4, 1), policy, signal),
    );
    return { native, policy: decided };
  } finally {
    simulator.close();
    sandbox.remove();
  }
}

/** rho .8 on as many replicas with as many places each. */
function scenario(maxArrivals: number, replicas: number, concurrency: number): ScenarioInput {
  return {
    seed: 1,
    arrivals: {
      kind: 'poisson',
      phases: [{ ratePerSecond: 80 * replicas * concurrency, durationMs: null }],
      maxArrivals,
    },
    work: { kind: 'time', service: { kind: 'exponential', meanMs: 10 } },
    pools: [{ name: 'triage', replicas, server: { kind: 'queue', concurrency } }],
    timeoutMs: null,
  };
}

async function time(work: () => Promise<{ readonly report: { readonly partial: boolean } }>) {
  const from = performance.now();
  const { report } = await work();
  if (report.partial) throw new Error('The run did not come to its end.');
  return performance.now() - from;
}
