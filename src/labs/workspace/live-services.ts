import type { DeployResult, LabCluster } from '#cluster/lab-cluster.ts';
import type { WorkspaceServices } from './services.ts';
import { loadChecks, loadLab, loadSettings, loadSolution } from '../catalogue.ts';
import { withoutFiles, type LabFiles } from '../files.ts';
import type { LabSettings } from '../read-settings.ts';

/** The workspace's services with the real parts behind them, each loaded when it is first needed. */
export async function openLiveServices(): Promise<WorkspaceServices> {
  const { openLabStore } = await import('../open-lab-store.ts');
  return {
    store: await openLabStore(),
    loadLab,
    loadChecks,
    loadSolution,
    async openCluster({ id, definition }, node, signal) {
      const { openLabCluster } = await import('#cluster/open-lab-cluster.ts');
      const { images, models, settings } = definition;
      const [cluster, schemas] = await Promise.all([
        openLabCluster({ images, models, settings, node, signal }),
        loadSettings(id),
      ]);
      return { ...cluster, deploy: (files, stop) => deployChecked(cluster, schemas, files, stop) };
    },
    async openNode(files, signal) {
      const { isWebContainerOn } = await import('#pods/webcontainer-switch.ts');
      const { NodeUnavailable } = await import('#pods/node-unavailable.ts');
      if (!(await isWebContainerOn(signal))) throw new NodeUnavailable('off');
      const { openNodePlace } = await import('#pods/node-place.ts');
      return openNodePlace({ files, signal });
    },
    async checkManifests({ id, definition }, files) {
      const { checkManifests } = await import('#cluster/check-manifests.ts');
      const { checkSettings } = await import('../read-settings.ts');
      const { checkShaders } = await import('../check-shaders.ts');
      const manifests = withoutFiles(files, definition.settings);
      return [
        ...checkManifests(manifests, Object.keys(definition.images)).problems,
        ...checkSettings(files, await loadSettings(id)),
        ...(await checkShaders(files, definition.shaders)),
      ];
    },
    async startLoad(cluster, plan, options) {
      const { startLoad } = await import('../start-load.ts');
      return startLoad(await cluster.openGateway(), plan, options);
    },
    async calibrate(cluster, request, signal) {
      const { startCalibration } = await import('#calibration/start-calibration.ts');
      return startCalibration(await cluster.openGateway(), request, signal);
    },
    async simulate(lab, files, options) {
      const { runScenario } = await import('../run-scenario.ts');
      return runScenario(lab, files, options);
    },
    async grade(lab, files, options) {
      const { gradeLab } = await import('../grade-lab.ts');
      return gradeLab({ lab, files, ...options });
    },
    async openShell(signal) {
      const { openShell } = await import('./terminal/open-shell.ts');
      return openShell(signal);
    },
    async holdAttempt(verdict, files) {
      const { holdAttempt } = await import('#progress/attempts.ts');
      await holdAttempt({ verdict, files });
    },
    followVerification(lab, tell, signal) {
      void import('#submissions/follow-lab.ts').then(({ followLab }) =>
        followLab(lab, tell, signal),
      );
    },
  };
}

/** A module may import a settings file, so what does not fit its schema stops a deployment as well. */
async function deployChecked(
  cluster: LabCluster,
  settings: LabSettings,
  files: LabFiles,
  signal?: AbortSignal,
): Promise<DeployResult> {
  const { checkSettings } = await import('../read-settings.ts');
  const problems = checkSettings(files, settings);
  return problems.length > 0 ? { ok: false, problems } : cluster.deploy(files, signal);
}
