import { createMeasurement } from './engine/measure.ts';
import { createNativeDecider } from './engine/native-decider.ts';
import { createRun } from './engine/run.ts';
import type { SimulationReport } from './report.ts';
import { scenarioSchema, type ScenarioInput } from './scenario.ts';

/** Some 50 ms of work. */
const EVENTS_A_TURN = 100_000;

/**
 * Runs a scenario in virtual time with the routing policy that it names. The same scenario gives
 * the same report, byte by byte. Throws a ZodError that names the field when the scenario is wrong.
 */
export function simulate(input: ScenarioInput): SimulationReport {
  const { run, report } = start(input);
  run.advance(Infinity);
  return report();
}

/** The same, with turns of the event loop in between, at which `signal` cancels: then it rejects with its reason. */
export async function simulateInTurns(
  input: ScenarioInput,
  signal: AbortSignal,
): Promise<SimulationReport> {
  const { run, report } = start(input);
  for (;;) {
    signal.throwIfAborted();
    run.advance(EVENTS_A_TURN);
    if (run.isOver()) return report();
    await new Promise((resolve) => setTimeout(resolve));
  }
}

/** The report of a run that could not begin: nothing was seen, and `why` says what stopped it. */
export function reportRefusal(input: ScenarioInput, why: string): SimulationReport {
  return start(input).report(why);
}

function start(input: ScenarioInput) {
  const scenario = scenarioSchema.parse(input);
  const measurement = createMeasurement(scenario);
  const run = createRun(scenario, createNativeDecider(scenario.route, scenario.seed), measurement);
  return { run, report: (why = run.world.stoppedBy) => measurement.report(run.world, why) };
}
