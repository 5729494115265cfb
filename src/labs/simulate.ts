import { compileImages, type CompiledImage } from '#pods/compile.ts';
import { formatProblem } from '#platform/problem.ts';
import { openSandbox, type Sandbox } from '#sandbox/open-sandbox.ts';
import { openSimulator, type Simulator } from '#simulation/open-simulator.ts';
import type { ScenarioInput } from '#simulation/scenario.ts';
import type { PolicyRun } from '#simulation/simulate-policy.ts';
import type { LabFiles } from './files.ts';

/** Runs in virtual time for one lab; what they need is opened with the first one. */
export interface LabSimulations {
  /**
   * Runs a scenario, with the module at `policy` deciding when there is one. A policy that does not
   * compile or fails later gives a partial report whose `stoppedBy` says why.
   */
  run(scenario: ScenarioInput, signal: AbortSignal, policy?: string): Promise<PolicyRun>;
  close(): void;
}

/** Simulations with the modules in `files`. */
export function createLabSimulations(files: LabFiles): LabSimulations {
  let simulator: Simulator | null = null;
  let sandbox: Promise<Sandbox> | null = null;
  const compiled = new Map<string, Promise<CompiledImage>>();
  const compile = (path: string, signal: AbortSignal): Promise<CompiledImage> => {
    const known = compiled.get(path) ?? compilePolicy(files, path, signal);
    compiled.set(path, known);
    return known;
  };
  return {
    async run(scenario, signal, path) {
      simulator ??= openSimulator();
      if (path === undefined) return simulator.run(scenario, null, signal);
      const image = await compile(path, signal);
      if (!image.ok) {
        const refusal = image.problems.map(formatProblem).join('\n');
        return simulator.run(scenario, { refusal }, signal);
      }
      sandbox ??= openSandbox(signal);
      return simulator.run(scenario, { code: image.code, sandbox: await sandbox }, signal);
    },
    close() {
      simulator?.close();
      sandbox?.then(
        (opened) => opened.remove(),
        () => {},
      );
    },
  };
}

async function compilePolicy(
  files: LabFiles,
  path: string,
  signal: AbortSignal,
): Promise<CompiledImage> {
  const { policy } = await compileImages(files, { policy: path }, signal);
  if (!policy) throw new Error('The compiler gave no answer.');
  return policy;
}
