import { createMeasurement } from './engine/measure.ts';
import { createNativeDecider } from './engine/native-decider.ts';
import { createRun } from './engine/run.ts';
import type { SimulationReport } from './report.ts';
import { scenarioSchema, type ScenarioInput } from './scenario.ts';

/**
 * Runs a scenario in virtual time with the routing policy that it names. The same scenario gives
 * the same report, byte by byte. Throws a ZodError that names the field when the scenario is wrong.
 */
export function simulate(input: ScenarioInput): SimulationReport {
  const scenario = scenarioSchema.parse(input);
  const measurement = createMeasurement(scenario);
  const run = createRun(scenario, createNativeDecider(scenario.route, scenario.seed), measurement);
  run.advance(Infinity);
  return measurement.report(run.world, run.world.stoppedBy);
}
