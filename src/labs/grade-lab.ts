import { startCalibration } from '#calibration/start-calibration.ts';
import type { LabCluster } from '#cluster/lab-cluster.ts';
import { openLabCluster } from '#cluster/open-lab-cluster.ts';
import { grade, type GradeListener } from '#grading/grade.ts';
import type { Verdict } from '#grading/verdict.ts';
import { createRandom } from '#load/random.ts';
import { loadChecks, loadSettings, type Lab } from './catalogue.ts';
import type { LabCheckContext } from './check-context.ts';
import { withoutFiles, type LabFiles } from './files.ts';
import { createLabSimulations, type LabSimulations } from './simulate.ts';
import { excuseStarvation } from './starvation.ts';
import { startLoad } from './start-load.ts';

export interface GradeLabOptions {
  readonly lab: Lab;
  /** The learner's files. Those that the lab does not let them change are taken from its start. */
  readonly files: LabFiles;
  readonly seed: number;
  readonly signal: AbortSignal;
  readonly solutionShown: boolean;
  readonly listener?: GradeListener;
}

interface Life {
  opening: Promise<LabCluster> | null;
  isOpen: boolean;
}

/**
 * Grades files on a fresh cluster of their own, which is closed before the verdict is returned.
 * Trouble of ours (sandbox, boot, time) is in the verdict's run status; rejects only when the lab's
 * own checks cannot be loaded.
 */
export async function gradeLab(options: GradeLabOptions): Promise<Verdict> {
  const { lab, seed, signal, solutionShown, listener } = options;
  const checks = (await loadChecks(lab.id)).map((check) => excuseStarvation(check, lab.definition));
  const life: Life = { opening: null, isOpen: false };
  const files = selectFiles(options);
  const simulations = createLabSimulations(files);
  const openContext = async (stop: AbortSignal): Promise<LabCheckContext> => {
    const { images, models, settings } = lab.definition;
    life.opening = openLabCluster({ images, models, settings, signal: stop });
    const cluster = await life.opening;
    life.isOpen = true;
    return {
      ...createContext(cluster, simulations, files, seed),
      manifests: withoutFiles(files, settings),
      settings: await loadSettings(lab.id),
    };
  };
  const verdict = await grade(checks, openContext, {
    lab: lab.id,
    labVersion: lab.definition.version,
    seed,
    solutionShown,
    timeLimitMs: lab.definition.timeLimitSeconds * 1000,
    signal,
    ...(listener ? { listener } : {}),
  });
  simulations.close();
  await close(life);
  return verdict;
}

function selectFiles({ lab, files }: GradeLabOptions): LabFiles {
  const { editable } = lab.definition;
  const own = Object.entries(files).filter(([path]) => editable.includes(path));
  return { ...lab.start, ...Object.fromEntries(own) };
}

function createContext(
  cluster: LabCluster,
  simulations: LabSimulations,
  files: LabFiles,
  seed: number,
): Omit<LabCheckContext, 'manifests' | 'settings'> {
  return {
    files,
    seed,
    random: createRandom(seed, 'checks'),
    cluster,
    load: async (plan, signal) => startLoad(await cluster.openGateway(), plan, { signal }),
    calibrate: async (request, signal) =>
      startCalibration(await cluster.openGateway(), request, signal),
    simulate: (scenario, signal, policy) => simulations.run(scenario, signal, policy),
    notes: new Map(),
  };
}

/** A cluster that is still opening when the grade was stopped is closed once it is there. */
async function close({ opening, isOpen }: Life): Promise<void> {
  const closing = opening?.then(
    (cluster) => cluster.close(),
    () => {},
  );
  if (isOpen) await closing;
  else closing?.catch(() => {});
}
