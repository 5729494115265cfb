import type { LoadPlan } from '#load/plan.ts';
import type { LoadReport, LoadSample } from '#load/report.ts';
import type { LabDefinition } from '#labs/definition.ts';
import type { WorkspaceServices } from '../services.ts';
import type { ClusterSession } from './cluster-session.svelte.ts';
import { describeError } from './describe-error.ts';

export interface LoadForm {
  url: string;
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  rate: number;
  durationSeconds: number;
  process: 'poisson' | 'constant';
  seed: number;
}

/** The load panel: the plan being written, the run in progress and the last report. */
export class LoadSession {
  form: LoadForm = $state() as LoadForm;
  status: 'idle' | 'running' | 'stopping' = $state('idle');
  samples: readonly LoadSample[] = $state.raw([]);
  report: LoadReport | null = $state.raw(null);
  error: string | null = $state(null);
  startedAt: number | null = $state(null);
  /** Length of the run shown, which the form may no longer say. */
  durationSeconds = $state(0);

  #bodies: readonly string[];
  #services: WorkspaceServices;
  #cluster: ClusterSession;
  #stop: AbortController | null = null;

  constructor(definition: LabDefinition, cluster: ClusterSession, services: WorkspaceServices) {
    const { url, method, rate, durationSeconds, bodies } = definition.load;
    this.form = { url, method, rate, durationSeconds, process: 'poisson', seed: 1 };
    this.#bodies = bodies;
    this.#cluster = cluster;
    this.#services = services;
  }

  /** The form as a plan. */
  plan(): LoadPlan {
    const { url, method, rate, durationSeconds, process, seed } = this.form;
    const headers: Record<string, string> =
      method === 'GET' ? {} : { 'content-type': 'application/json' };
    return {
      arrivals: { process, rate },
      durationSeconds,
      warmupSeconds: 0,
      timeoutSeconds: 10,
      seed,
      request: { method, url, headers, bodies: method === 'GET' ? [] : [...this.#bodies] },
    };
  }

  /** Runs a plan to its end or until stopped. Resolves with the report, or null when it could not run. */
  async run(
    plan: LoadPlan,
    onSample: (sample: LoadSample) => void = () => {},
  ): Promise<LoadReport | null> {
    if (this.status !== 'idle') throw new Error('A load test is already running. Stop it first.');
    const stop = new AbortController();
    this.#stop = stop;
    Object.assign(this, { status: 'running', samples: [], report: null, error: null });
    this.startedAt = performance.now();
    this.durationSeconds = plan.durationSeconds;
    try {
      const cluster = await this.#cluster.open();
      const take = (sample: LoadSample) => {
        this.samples = [...this.samples, sample];
        onSample(sample);
      };
      const run = await this.#services.startLoad(cluster, plan, take, stop.signal);
      this.report = run.report;
      return run.report;
    } catch (error) {
      if (!stop.signal.aborted) this.error = describeError(error);
      return null;
    } finally {
      this.status = 'idle';
      this.startedAt = null;
    }
  }

  /** Ends the run early; what was measured is kept. */
  stop(): void {
    if (this.status === 'running') this.status = 'stopping';
    this.#stop?.abort();
  }
}
