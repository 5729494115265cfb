import { openLabCluster, type OpenLabClusterOptions } from '#cluster/open-lab-cluster.ts';
import type { LabCluster } from '#cluster/lab-cluster.ts';
import { openDeviceBench } from '#models/open-device-bench.ts';
import { openModelBench } from '#models/open-model-bench.ts';
import type { LabFiles } from './files.ts';

/** What the page `/labs/bench/models/` offers to the programs that drive it. */
interface ModelBenchPage {
  openModelBench: typeof openModelBench;
  openDeviceBench: typeof openDeviceBench;
  /** A cluster whose pods run these files. Rejects with what does not deploy. */
  openPods(files: LabFiles, options: Omit<OpenLabClusterOptions, 'signal'>): Promise<LabCluster>;
}

declare global {
  interface Window {
    modelBench?: ModelBenchPage;
  }
}

window.modelBench = {
  openModelBench,
  openDeviceBench,
  async openPods(files, options) {
    const cluster = await openLabCluster({ ...options, signal: AbortSignal.timeout(60_000) });
    const deployed = await cluster.deploy(files);
    if (deployed.ok) return cluster;
    await cluster.close();
    throw new Error(deployed.problems.map(({ message }) => message).join(' '));
  },
};
document.documentElement.dataset['ready'] = '';
