import type { Calibration } from '#calibration/calibration.ts';
import type { CalibratedRequest } from '#calibration/calibration.worker.ts';
import type { Check } from '#grading/check.ts';
import type { LabCluster } from '#cluster/lab-cluster.ts';
import type { LoadPlan } from '#load/plan.ts';
import type { LoadRun } from '#load/report.ts';
import type { ScenarioInput } from '#simulation/scenario.ts';
import type { PolicyRun } from '#simulation/simulate-policy.ts';
import type { LabFiles } from './files.ts';
import type { LabSettings } from './read-settings.ts';

/** What a lab's checks may use. Each grade gets a fresh cluster; checks run in order and share it. */
export interface LabCheckContext {
  /** The learner's files. */
  readonly files: LabFiles;
  /** Those of them that a cluster may get: without the settings. `checkManifests` reads these. */
  readonly manifests: LabFiles;
  /** Schemas of the settings; the first check of every grade is that they fit. */
  readonly settings: LabSettings;
  readonly seed: number;
  /** A generator in [0, 1) derived from the seed, for fresh traffic, keys and choices. */
  readonly random: () => number;
  readonly cluster: LabCluster;
  /** Runs a load test against the gateway from the platform's own worker. */
  load(plan: LoadPlan, signal: AbortSignal): Promise<LoadRun>;
  /**
   * Measures the one ready replica behind a URL on this machine. `unstable` is no fault of the
   * learner: a check then says so by throwing, and costs nothing.
   */
  calibrate(request: CalibratedRequest, signal: AbortSignal): Promise<Calibration>;
  /**
   * Runs a scenario in virtual time, with the learner's module at `policy` deciding when it is given.
   * A report that is `partial` or has a `stoppedBy` is no basis for a pass.
   */
  simulate(scenario: ScenarioInput, signal: AbortSignal, policy?: string): Promise<PolicyRun>;
  /** What earlier checks of this grade left for later ones. */
  readonly notes: Map<string, unknown>;
}

/** The type of every file in `labs/<id>/checks/`. */
export type LabCheck = Check<LabCheckContext>;
