import { openLabCluster } from '#cluster/open-lab-cluster.ts';
import type { LabCluster } from '#cluster/lab-cluster.ts';
import { loadLab, loadSolution } from '../catalogue.ts';

const LAB = 'l06-first-service';
const TEXT =
  'kubelet: disk pressure on node-7, image garbage collection failed to free enough space';
/** Requests until every pod runs optimised code; they share these, so each gets half. */
const WARM_UP = 600;
const ROUNDS = 400;

/** Milliseconds from nothing, and from an open cluster, to the first prediction of two replicas. */
export interface DeployTimes {
  readonly opened: number;
  readonly predicted: number;
}

/** Opens a cluster, deploys the solution of L06 and asks until a pod predicts. */
export async function measureDeploy(): Promise<DeployTimes> {
  const from = performance.now();
  const { cluster, files } = await open();
  try {
    const opened = performance.now();
    await deploy(cluster, files);
    await untilPredicted(cluster);
    return { opened: opened - from, predicted: performance.now() - opened };
  } finally {
    await cluster.close();
  }
}

/** Median milliseconds of one inference in a plain worker and of one request through gateway and pod, taken in turn. */
export async function measureHop(): Promise<{ readonly raw: number; readonly through: number }> {
  const { cluster, files } = await open();
  const worker = new Worker(new URL('./raw.worker.ts', import.meta.url), { type: 'module' });
  try {
    await deploy(cluster, files);
    await untilPredicted(cluster);
    const raw: number[] = [];
    const through: number[] = [];
    for (let round = 0; round < WARM_UP + ROUNDS; round += 1) {
      const alone = await runAlone(worker);
      const from = performance.now();
      await predict(cluster);
      if (round < WARM_UP) continue;
      through.push(performance.now() - from);
      raw.push(alone);
    }
    return { raw: median(raw), through: median(through) };
  } finally {
    worker.terminate();
    await cluster.close();
  }
}

async function open() {
  const [{ definition }, files] = await Promise.all([loadLab(LAB), loadSolution(LAB)]);
  const { images, models } = definition;
  const cluster = await openLabCluster({ images, models, signal: AbortSignal.timeout(60_000) });
  return { cluster, files };
}

async function deploy(cluster: LabCluster, files: Readonly<Record<string, string>>): Promise<void> {
  const deployed = await cluster.deploy(files);
  if (!deployed.ok) throw new Error(deployed.problems.map(({ message }) => message).join(' '));
}

async function untilPredicted(cluster: LabCluster): Promise<void> {
  while (!(await predict(cluster))) await new Promise((resolve) => setTimeout(resolve, 10));
}

async function predict(cluster: LabCluster): Promise<boolean> {
  const init = { method: 'POST', body: JSON.stringify({ text: TEXT }) };
  const response = await cluster.fetch(new Request('http://triage/classify', init));
  await response.text();
  return response.ok;
}

function runAlone(worker: Worker): Promise<number> {
  return new Promise((resolve, reject) => {
    worker.onmessage = ({ data }: MessageEvent<number>) => resolve(data);
    worker.onerror = (event) => reject(new Error(event.message));
    worker.postMessage(TEXT);
  });
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
