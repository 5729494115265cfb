import type { ClusterView, LabCluster, LogLine, RequestRecord } from '#cluster/lab-cluster.ts';
import type { Problem } from '#platform/problem.ts';
import type { LabFiles } from '#labs/files.ts';
import type { WorkspaceLab, WorkspaceServices } from '../services.ts';
import { readHealth } from '../cluster/pod-health.ts';
import type { NodeSession } from './node-session.svelte.ts';
import { appendCapped } from './append-capped.ts';
import { RequestRates } from './request-rates.ts';
import { describeError } from './describe-error.ts';

type StageStatus = 'waiting' | 'running' | 'done' | 'failed';

export interface DeployStage {
  readonly id: 'cluster' | 'apply' | 'ready';
  readonly title: string;
  status: StageStatus;
  detail: string;
  startedAt: number | null;
  endedAt: number | null;
}

const LOG_CAP = 2000;
const REQUEST_CAP = 1000;
const READY_TIMEOUT_MS = 60_000;
const START_LIMIT_MS = 30_000;
const LATE =
  'The control plane did not start within 30 s. Close other heavy tabs, then press Deploy again; your files are kept.';

/** The cluster behind the screen: opened with the first deploy, watched until the lab closes. */
export class ClusterSession {
  phase: 'off' | 'starting' | 'running' | 'failed' = $state('off');
  /** Why the cluster could not start, in a sentence. */
  failure: string | null = $state(null);
  view: ClusterView | null = $state.raw(null);
  logs: readonly LogLine[] = $state.raw([]);
  requests: readonly RequestRecord[] = $state.raw([]);
  /** Requests per second of each pod over the last seconds. */
  rates: Readonly<Record<string, number>> = $state.raw({});
  stages: DeployStage[] = $state([]);
  deploying = $state(false);
  problems: readonly Problem[] = $state.raw([]);
  readonly hasErrors = $derived(this.problems.some((problem) => problem.severity !== 'warning'));
  /** Files as they were at the last successful deploy, to say when the cluster is behind the editor. */
  deployed: LabFiles | null = $state.raw(null);

  #lab: WorkspaceLab;
  #services: WorkspaceServices;
  #node: NodeSession;
  #opening: Promise<LabCluster> | null = null;
  #waiting: AbortController | null = null;
  #closing = new AbortController();
  #rates = new RequestRates();
  #rateTimer: ReturnType<typeof setInterval> | undefined;

  constructor(lab: WorkspaceLab, services: WorkspaceServices, node: NodeSession) {
    this.#lab = lab;
    this.#services = services;
    this.#node = node;
  }

  /** The running cluster, started when there is none. A failed start can be tried again. */
  open(): Promise<LabCluster> {
    this.#opening ??= this.#start().catch((error: unknown) => {
      this.#opening = null;
      this.phase = 'failed';
      this.failure = describeError(error);
      throw error;
    });
    return this.#opening;
  }

  /**
   * Starts the cluster if needed, applies the files and waits until every replica is ready. A deploy
   * that only waits for pods gives way to a new one; one that still compiles does not.
   */
  async deploy(files: LabFiles, signal: AbortSignal): Promise<void> {
    if (this.deploying) return;
    this.#waiting?.abort();
    const waiting = new AbortController();
    this.#waiting = waiting;
    this.problems = [];
    this.stages = newStages();
    const [start, apply, ready] = this.stages as [DeployStage, DeployStage, DeployStage];
    const until = AbortSignal.any([signal, this.#closing.signal, waiting.signal]);
    try {
      if (await this.#apply(start, apply, files, until)) await this.#waitUntilReady(ready, until);
    } catch (error) {
      const running = [start, apply, ready].find((stage) => stage.status === 'running');
      if (running) finish(running, 'failed', until.aborted ? 'Stopped.' : describeError(error));
    }
  }

  /** Notes files that kubectl has applied: what an earlier deploy had found in them is over. */
  noteApplied(files: LabFiles): void {
    this.deployed = { ...this.deployed, ...files };
    this.problems = this.problems.filter((problem) => !(problem.file in files));
    if (!this.deploying && !this.hasErrors) this.stages = [];
  }

  dropProblems(path: string): void {
    this.problems = this.problems.filter((problem) => problem.file !== path);
  }

  clearLogs(): void {
    this.logs = [];
  }

  clearRequests(): void {
    this.requests = [];
  }

  async close(): Promise<void> {
    this.#closing.abort();
    clearInterval(this.#rateTimer);
    const opening = this.#opening;
    this.#opening = null;
    this.phase = 'off';
    const cluster = await opening?.catch(() => null);
    await cluster?.close();
  }

  async #apply(
    start: DeployStage,
    apply: DeployStage,
    files: LabFiles,
    signal: AbortSignal,
  ): Promise<boolean> {
    this.deploying = true;
    try {
      const isUp = this.phase === 'running';
      begin(start, isUp ? 'Already running.' : 'Starting the control plane and the sandbox.');
      const cluster = await this.open();
      finish(start, 'done', 'Control plane is up.');
      begin(apply, 'Compiling images, checking and applying manifests.');
      const result = await cluster.deploy(files, signal);
      if (!result.ok) {
        this.problems = result.problems;
        finish(apply, 'failed', countProblems(result.problems.length));
        return false;
      }
      this.deployed = files;
      this.problems = result.warnings ?? [];
      finish(apply, 'done', result.applied.join('\n') || 'Nothing changed.');
      return true;
    } finally {
      this.deploying = false;
    }
  }

  async #waitUntilReady(stage: DeployStage, signal: AbortSignal): Promise<void> {
    begin(stage, 'Waiting for pods.');
    const deadline = Date.now() + READY_TIMEOUT_MS;
    // The view lags an apply by up to 100 ms; without this the old rollout would count as the new one.
    await pause(250, signal);
    while (Date.now() < deadline) {
      const state = readiness(this.view);
      stage.detail = state.detail;
      if (state.done) return finish(stage, 'done', state.detail);
      await pause(100, signal);
    }
    finish(stage, 'failed', `${stage.detail} Not ready after 60 s: see events and logs.`);
  }

  async #start(): Promise<LabCluster> {
    this.phase = 'starting';
    this.failure = null;
    const limit = AbortSignal.timeout(START_LIMIT_MS);
    const signal = AbortSignal.any([this.#closing.signal, limit]);
    const node = await this.#node.open();
    const cluster = await this.#services
      .openCluster(this.#lab, node, signal)
      .catch((error: unknown) => {
        throw limit.aborted ? new Error(LATE) : error;
      });
    cluster.watch((view) => (this.view = view));
    cluster.watchLogs((lines) => (this.logs = appendCapped(this.logs, lines, LOG_CAP)));
    cluster.watchRequests((batch) => {
      this.requests = appendCapped(this.requests, batch, REQUEST_CAP);
      this.#rates.add(batch, performance.now());
    });
    this.#rateTimer = setInterval(() => this.#publishRates(), 500);
    this.phase = 'running';
    return cluster;
  }

  #publishRates(): void {
    const next = this.#rates.perSecond(performance.now());
    const wasQuiet = Object.keys(this.rates).length === 0;
    if (!wasQuiet || Object.keys(next).length > 0) this.rates = next;
  }
}

function newStages(): DeployStage[] {
  const blank = { status: 'waiting' as const, detail: '', startedAt: null, endedAt: null };
  return [
    { id: 'cluster', title: 'Cluster', ...blank },
    { id: 'apply', title: 'Compile and apply', ...blank },
    { id: 'ready', title: 'Pods ready', ...blank },
  ];
}

function begin(stage: DeployStage, detail: string): void {
  Object.assign(stage, { status: 'running', detail, startedAt: performance.now() });
}

function finish(stage: DeployStage, status: StageStatus, detail: string): void {
  Object.assign(stage, { status, detail, endedAt: performance.now() });
}

function readiness(view: ClusterView | null): { done: boolean; detail: string } {
  const deployments = view?.deployments ?? [];
  if (deployments.length === 0) return { done: true, detail: 'No Deployment to wait for.' };
  const waiting = deployments.filter(
    (one) => one.updated < one.replicas || one.available < one.replicas,
  );
  const shown = (waiting.length > 0 ? waiting : deployments)
    .map((one) => `${one.name} ${Math.min(one.available, one.updated)}/${one.replicas} ready`)
    .join(', ');
  const failing = view?.pods.find((pod) => readHealth(pod) === 'failing');
  const trouble = failing ? ` ${failing.name}: ${failing.status}.` : '';
  return { done: waiting.length === 0, detail: `${shown}.${trouble}` };
}

function countProblems(count: number): string {
  return count === 1
    ? '1 problem. Old pods keep serving.'
    : `${count} problems. Old pods keep serving.`;
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(signal.reason as Error);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop);
      resolve();
    }, ms);
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
}
