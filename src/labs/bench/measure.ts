import { openLabCluster } from '#cluster/open-lab-cluster.ts';
import type { LabCluster } from '#cluster/lab-cluster.ts';
import { readText, requestWithText } from '#pods/known-body.ts';
import { drawTickets } from '#models/draw-tickets.ts';
import { loadLab, loadSolution } from '../catalogue.ts';

const LAB = 'l06-first-service';
/** Tickets and log lines as the labs send them, short and long. */
const TEXTS = drawTickets(1, 50).map(({ text }) => text);
/** Until the pod runs optimised code, and the one that was scaled away is gone. */
const WARM_UP_BLOCKS = 12;
const BLOCKS = 8;
/** Chromium's clock in a page that is not cross-origin isolated. */
const CLOCK_TICK_MS = 0.1;

/** Milliseconds until the cluster is open, and from Deploy to the first prediction of two replicas. */
export interface DeployTimes {
  readonly opened: number;
  readonly predicted: number;
}

/** Opens a cluster, as a lab does when it starts, reads for `readingMs`, deploys the solution of L06 and asks until a pod predicts. */
export async function measureDeploy(readingMs: number): Promise<DeployTimes> {
  const from = performance.now();
  const { cluster, files } = await open();
  try {
    const opened = performance.now() - from;
    await pause(readingMs);
    const deployedAt = performance.now();
    await deploy(cluster, files);
    await untilPredicted(cluster);
    return { opened, predicted: performance.now() - deployedAt };
  } finally {
    await cluster.close();
  }
}

/**
 * Median milliseconds from question to answer, as the page sees it: of the model in one plain worker, and
 * of the same model through the gateway and one pod. In blocks that alternate, because whichever ran last
 * has the processor's caches, and then the two see the same machine.
 */
export async function measureHop(): Promise<{ readonly raw: number; readonly through: number }> {
  const { cluster, files } = await open();
  const worker = new Worker(new URL('./raw.worker.ts', import.meta.url), { type: 'module' });
  try {
    await deploy(cluster, files);
    await cluster.kubectl(['scale', 'deployment/triage', '--replicas=1'], files);
    await untilPredicted(cluster);
    const raw: number[] = [];
    const through: number[] = [];
    for (let block = 0; block < WARM_UP_BLOCKS + BLOCKS; block += 1) {
      const alone = await timeEach((text) => runAlone(worker, text));
      const piped = await timeEach((text) => predict(cluster, text));
      if (block < WARM_UP_BLOCKS) continue;
      raw.push(...alone);
      through.push(...piped);
    }
    return { raw: median(raw), through: median(through) };
  } finally {
    worker.terminate();
    await cluster.close();
  }
}

async function timeEach(ask: (text: string) => Promise<unknown>): Promise<number[]> {
  const times: number[] = [];
  for (const text of TEXTS) {
    const from = performance.now();
    await ask(text);
    times.push(performance.now() - from);
  }
  return times;
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
  while (!(await predict(cluster, 'disk full on node-7')))
    await new Promise((resolve) => setTimeout(resolve, 10));
}

async function predict(cluster: LabCluster, text: string): Promise<boolean> {
  const init = { method: 'POST', body: JSON.stringify({ text }) };
  const response = await cluster.fetch(requestWithText('http://triage/classify', init));
  await readText(response);
  return response.ok;
}

function runAlone(worker: Worker, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    worker.onmessage = ({ data }: MessageEvent<string>) => resolve(data);
    worker.onerror = (event) => reject(new Error(event.message));
    worker.postMessage(text);
  });
}

/** Interpolated within the clock's tick, as for any data in classes: the plain median would jump by a whole tick. */
function median(values: readonly number[]): number {
  const ticks = values.map((value) => Math.round(value / CLOCK_TICK_MS)).sort((a, b) => a - b);
  const middle = ticks[Math.floor(ticks.length / 2)] ?? Number.NaN;
  const below = ticks.filter((tick) => tick < middle).length;
  const within = ticks.filter((tick) => tick === middle).length;
  return (middle - 0.5 + (ticks.length / 2 - below) / within) * CLOCK_TICK_MS;
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
