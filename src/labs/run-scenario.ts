import type { Problem } from '#platform/problem.ts';
import type { PolicyRun } from '#simulation/simulate-policy.ts';
import { loadScenario, type Lab } from './catalogue.ts';
import { withoutFiles, type LabFiles } from './files.ts';
import type { LabReport, LabRun } from './lab-scenario.ts';
import { createLabSimulations } from './simulate.ts';

/** A run of a lab's scenario and what came of it. */
export interface FinishedLabRun extends PolicyRun {
  readonly run: LabRun;
}

/** A report that a lab offers, and what it told. */
export interface FinishedLabReport {
  readonly run: LabReport;
  readonly text: string;
}

export type LabRuns =
  | { readonly ok: true; readonly finished: readonly (FinishedLabRun | FinishedLabReport)[] }
  | { readonly ok: false; readonly problems: readonly Problem[] }
  /** The lab has no scenario, or none of that name. */
  | { readonly ok: false; readonly names: readonly string[] };

/**
 * Runs a lab's public scenario with these files in virtual time: all of its runs, or the one that is
 * named. Nothing of it is graded. Rejects with the signal's reason.
 */
export async function runScenario(
  lab: Pick<Lab, 'id' | 'definition'>,
  files: LabFiles,
  options: { readonly seed: number; readonly only: string | null; readonly signal: AbortSignal },
): Promise<LabRuns> {
  const { seed, only, signal } = options;
  const scenario = await loadScenario(lab.id);
  if (!scenario) return { ok: false, names: [] };
  const manifests = withoutFiles(files, lab.definition.settings);
  const read = scenario({ files, manifests, seed });
  if (!read.ok) return read;
  const wanted = read.runs.filter(({ name }) => only === null || name === only);
  if (wanted.length === 0) return { ok: false, names: read.runs.map(({ name }) => name) };
  const simulations = createLabSimulations(files);
  try {
    const finished: (FinishedLabRun | FinishedLabReport)[] = [];
    for (const run of wanted)
      finished.push(
        'report' in run
          ? { run, text: await run.report(signal) }
          : { run, ...(await simulations.run(run.input, signal, run.policy)) },
      );
    return { ok: true, finished };
  } finally {
    simulations.close();
  }
}
