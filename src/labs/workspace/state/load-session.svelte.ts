import { compareRuns } from '#load/compare-runs.ts';
import type { LoadPlan } from '#load/plan.ts';
import type { LoadReport, LoadRun, LoadSample } from '#load/report.ts';
import type { LabDefinition } from '#labs/definition.ts';
import { toForm, toPlan, type LoadForm } from '../load/load-form.ts';
import { CalibrationSession } from './calibration-session.svelte.ts';
import type { WorkspaceServices } from '../services.ts';
import type { ClusterSession } from './cluster-session.svelte.ts';
import { describeError } from './describe-error.ts';

/** A finished run with a number that its person can refer to. */
export interface KeptRun extends LoadRun {
  readonly number: number;
}

/** More would hold the results of hours. */
const KEPT_RUNS = 8;

/** The load panel: the plan being written, the run in progress and the last report. */
export class LoadSession {
  form: LoadForm = $state() as LoadForm;
  status: 'idle' | 'running' | 'stopping' = $state('idle');
  samples: readonly LoadSample[] = $state.raw([]);
  /** Finished runs, oldest first. */
  runs: readonly KeptRun[] = $state.raw([]);
  /** Numbers of the run that is shown and of the one it is compared with. */
  shown: number | null = $state(null);
  against: number | null = $state(null);
  readonly run = $derived(this.runs.find(({ number }) => number === this.shown) ?? null);
  readonly base = $derived(this.runs.find(({ number }) => number === this.against) ?? null);
  readonly comparison = $derived(this.run && this.base ? compareRuns(this.base, this.run) : null);
  error: string | null = $state(null);
  readonly calibration: CalibrationSession;
  startedAt: number | null = $state(null);
  /** Length of the run shown, which the form may no longer say. */
  durationSeconds = $state(0);

  #bodies: readonly string[];
  #services: WorkspaceServices;
  #cluster: ClusterSession;
  #stop: AbortController | null = null;

  constructor(definition: LabDefinition, cluster: ClusterSession, services: WorkspaceServices) {
    const { url, method, rate, durationSeconds, bodies } = definition.load;
    this.form = toForm({
      arrivals: { process: 'poisson', rate },
      durationSeconds,
      warmupSeconds: 0,
      timeoutSeconds: 10,
      seed: 1,
      request: { method, url, headers: {}, bodies },
    });
    this.#bodies = bodies;
    this.calibration = new CalibrationSession(cluster, services);
    this.#cluster = cluster;
    this.#services = services;
  }

  /** The form as a plan, or what is wrong in the form. */
  plan(): ReturnType<typeof toPlan> {
    return toPlan(this.form, this.#bodies);
  }

  /** Runs what the form asks for, or says in `error` why it cannot. */
  async start(): Promise<void> {
    const asked = this.plan();
    if ('plan' in asked) await this.execute(asked.plan);
    else this.error = asked.complaints.join(' ');
  }

  /** Runs a plan to its end or until stopped. Resolves with the report, or null when it could not run. */
  async execute(
    plan: LoadPlan,
    onSample: (sample: LoadSample) => void = () => {},
  ): Promise<LoadReport | null> {
    if (this.status !== 'idle') throw new Error('A load test is already running. Stop it first.');
    if (this.calibration.isRunning)
      throw new Error('One replica is being calibrated. Wait for it, or stop it first.');
    const stop = new AbortController();
    this.#stop = stop;
    Object.assign(this, { status: 'running', samples: [], shown: null, error: null });
    this.startedAt = performance.now();
    this.durationSeconds = plan.durationSeconds;
    try {
      const cluster = await this.#cluster.open();
      const take = (sample: LoadSample) => {
        this.samples = [...this.samples, sample];
        onSample(sample);
      };
      const run = await this.#services.startLoad(cluster, plan, {
        onSample: take,
        calibration: this.calibration.of(plan),
        signal: stop.signal,
      });
      this.#keep(run);
      return run.report;
    } catch (error) {
      if (!stop.signal.aborted) this.error = describeError(error);
      return null;
    } finally {
      this.status = 'idle';
      this.startedAt = null;
    }
  }

  #keep(run: LoadRun): void {
    const number = (this.runs.at(-1)?.number ?? 0) + 1;
    this.runs = [...this.runs, { ...run, number }].slice(-KEPT_RUNS);
    this.shown = number;
    // Only requests of the same schedule can be compared one by one.
    const pair = this.runs.findLast((one) => one.number < number && compareRuns(one, run).paired);
    this.against = pair?.number ?? null;
  }

  /** Measures one replica with the requests that the form asks for, or says in `error` why it cannot. */
  async calibrate(): Promise<void> {
    const asked = this.plan();
    this.error = 'complaints' in asked ? asked.complaints.join(' ') : null;
    if ('plan' in asked) await this.calibration.run(asked.plan);
  }

  /** Ends the run early; what was measured is kept. */
  stop(): void {
    if (this.status === 'running') this.status = 'stopping';
    this.#stop?.abort();
  }
}
