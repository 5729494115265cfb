import type { Problem } from '#platform/problem.ts';
import type { ScenarioInput } from '#simulation/scenario.ts';
import type { LabFiles } from './files.ts';

/** What a lab's scenario is made of. */
interface ScenarioContext {
  /** The learner's files. */
  readonly files: LabFiles;
  /** Those of them that are Kubernetes manifests. */
  readonly manifests: LabFiles;
  readonly seed: number;
}

/** One run in virtual time that a learner may try before checking. */
export interface LabRun {
  /** One word that selects it (`surge`). */
  readonly name: string;
  /** What happens in it: one sentence, without a full stop. */
  readonly about: string;
  readonly input: ScenarioInput;
  /** Path of the learner's module that decides; absent when the scenario names a policy. */
  readonly policy?: string;
  /** S in milliseconds: latencies are then told in multiples of it. */
  readonly serviceMs?: number;
}

/** Something else that a learner may try before checking: it is worked out and told in lines of text. */
export interface LabReport extends Pick<LabRun, 'name' | 'about'> {
  /** Every line ends in a line feed. Rejects with the signal's reason. */
  report(signal: AbortSignal): Promise<string>;
}

type ReadScenario =
  | { readonly ok: true; readonly runs: readonly (LabRun | LabReport)[] }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** The type of `scenario` in `labs/<id>/scenario.ts`: the lab's public runs with the learner's files. */
export type LabScenario = (context: ScenarioContext) => ReadScenario;
