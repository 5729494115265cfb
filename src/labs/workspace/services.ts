import type { Calibration } from '#calibration/calibration.ts';
import type { CalibratedRequest } from '#calibration/calibration.worker.ts';
import type { LabCluster } from '#cluster/lab-cluster.ts';
import type { Check } from '#grading/check.ts';
import type { CheckResult, Verdict } from '#grading/verdict.ts';
import type { LoadPlan } from '#load/plan.ts';
import type { LoadCalibration, LoadSample } from '#load/report.ts';
import type { Problem } from '#platform/problem.ts';
import type { NodePlace } from '#pods/node-place.ts';
import type { LoadRun } from '#load/report.ts';
import type { LabVerification } from '#submissions/follow-lab.ts';
import type { LabDefinition } from '../definition.ts';
import type { LabFiles } from '../files.ts';
import type { LabStore } from '../lab-store.ts';
import type { LabRuns } from '../run-scenario.ts';

/** A lab as the workspace needs it. */
export interface WorkspaceLab {
  readonly id: string;
  readonly definition: LabDefinition;
  readonly start: LabFiles;
}

export type CheckSummary = Pick<Check<never>, 'id' | 'title' | 'instruction' | 'points'>;

/** How a grade reports itself while it runs. */
interface GradeListener {
  onCheckStart(id: string): void;
  onCheckEnd(result: CheckResult): void;
}

/** A worker inside the sandbox that speaks the shell's protocol over its port. */
export interface ShellProcess {
  readonly port: MessagePort;
  kill(): void;
}

/**
 * Everything the workspace asks of the rest of the product. `live-services.ts` binds the real
 * parts; the seam exists so that the screen can be driven without a cluster in tests.
 */
export interface WorkspaceServices {
  readonly store: LabStore;
  loadLab(id: string): Promise<WorkspaceLab>;
  /** What can be shown of each check before it has run, in order. */
  loadChecks(id: string): Promise<readonly CheckSummary[]>;
  /** The solution's whole set of files. */
  loadSolution(id: string): Promise<LabFiles>;
  /** Pods run in `node` where it is given, else in the sandbox. */
  openCluster(lab: WorkspaceLab, node: NodePlace | null, signal: AbortSignal): Promise<LabCluster>;
  /** Rejects with `NodeUnavailable` where there is no WebContainer, at the latest after 7 s. */
  openNode(files: LabFiles, signal: AbortSignal): Promise<NodePlace>;
  /** Every problem of the manifests and of the lab's settings files. */
  checkManifests(lab: WorkspaceLab, files: LabFiles): Promise<readonly Problem[]>;
  /** Rejects with an AbortError never: a cancelled run resolves with a partial report. */
  startLoad(
    cluster: LabCluster,
    plan: LoadPlan,
    options: {
      readonly onSample: (sample: LoadSample) => void;
      readonly calibration: LoadCalibration | null;
      readonly signal: AbortSignal;
    },
  ): Promise<LoadRun>;
  /** Measures the one ready replica behind a URL; rejects with the signal's reason. */
  calibrate(
    cluster: LabCluster,
    request: CalibratedRequest,
    signal: AbortSignal,
  ): Promise<Calibration>;
  /** Runs the lab's public scenario in virtual time; rejects with the signal's reason. */
  simulate(
    lab: WorkspaceLab,
    files: LabFiles,
    options: {
      readonly seed: number;
      readonly only: string | null;
      readonly signal: AbortSignal;
    },
  ): Promise<LabRuns>;
  grade(
    lab: WorkspaceLab,
    files: LabFiles,
    options: {
      readonly seed: number;
      readonly solutionShown: boolean;
      readonly listener: GradeListener;
      readonly signal: AbortSignal;
    },
  ): Promise<Verdict>;
  openShell(signal: AbortSignal): Promise<ShellProcess>;
  /** Keeps an attempt that passed for the server, which grades it again; nobody signed in keeps none. */
  holdAttempt(verdict: Verdict, files: LabFiles): Promise<void>;
  /** Tells what became of attempts at the lab, until the signal. */
  followVerification(
    lab: string,
    tell: (verification: LabVerification) => void,
    signal: AbortSignal,
  ): void;
}
