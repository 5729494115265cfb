import type { WorkspaceServices } from './services.ts';
import { loadChecks, loadLab, loadSettings, loadSolution } from '../catalogue.ts';
import { withoutFiles } from '../files.ts';

/** The workspace's services with the real parts behind them, each loaded when it is first needed. */
export async function openLiveServices(): Promise<WorkspaceServices> {
  const { openLabStore } = await import('../open-lab-store.ts');
  return {
    store: await openLabStore(),
    loadLab,
    loadChecks,
    loadSolution,
    async openCluster({ definition }, signal) {
      const { openLabCluster } = await import('#cluster/open-lab-cluster.ts');
      const { images, models, settings } = definition;
      return openLabCluster({ images, models, settings, signal });
    },
    async checkManifests({ id, definition }, files) {
      const { checkManifests } = await import('#cluster/check-manifests.ts');
      const { checkSettings } = await import('../read-settings.ts');
      const manifests = withoutFiles(files, definition.settings);
      return [
        ...checkManifests(manifests, Object.keys(definition.images)).problems,
        ...checkSettings(files, await loadSettings(id)),
      ];
    },
    async startLoad(cluster, plan, onSample, signal) {
      const { startLoad } = await import('../start-load.ts');
      return startLoad(await cluster.openGateway(), plan, { onSample, signal });
    },
    async grade(lab, files, options) {
      const { gradeLab } = await import('../grade-lab.ts');
      return gradeLab({ lab, files, ...options });
    },
    async openShell(signal) {
      const { openShell } = await import('./terminal/open-shell.ts');
      return openShell(signal);
    },
  };
}
