import type { LoadPlan } from '#load/plan.ts';
import type { LoadCalibration } from '#load/report.ts';
import type { LabFiles } from '#labs/files.ts';
import type { WorkspaceServices } from '../services.ts';
import type { ClusterSession } from './cluster-session.svelte.ts';
import { describeError } from './describe-error.ts';

/** A calibration and what it is of: another request, or another server, has another one. */
interface KeptCalibration extends LoadCalibration {
  readonly request: string;
  readonly code: string;
}

/** What one replica does on this machine, measured when the learner asks. */
export class CalibrationSession {
  startedAt: number | null = $state(null);
  /** Why there is no calibration, or why this one is not to be relied on. */
  trouble: string | null = $state(null);
  last: KeptCalibration | null = $state.raw(null);
  readonly isRunning = $derived(this.startedAt !== null);

  #cluster: ClusterSession;
  #services: WorkspaceServices;
  #stop: AbortController | null = null;

  constructor(cluster: ClusterSession, services: WorkspaceServices) {
    this.#cluster = cluster;
    this.#services = services;
  }

  /** The calibration that holds for this plan: of the same request and of the code that is deployed. */
  of({ request }: Pick<LoadPlan, 'request'>): LoadCalibration | null {
    const { last } = this;
    if (!last || last.request !== nameOf(request) || last.code !== this.#code()) return null;
    const { serviceMs, capacity, measuredAt } = last;
    return { serviceMs, capacity, measuredAt };
  }

  /** Measures the replica that answers the plan's requests, or says in `trouble` why it cannot. */
  async run({ request, mix }: LoadPlan): Promise<void> {
    this.trouble = this.#findObstacle(request.url);
    if (this.isRunning || this.trouble !== null) return;
    const stop = new AbortController();
    this.#stop = stop;
    this.startedAt = performance.now();
    const code = this.#code();
    try {
      const cluster = await this.#cluster.open();
      const bodies = mix?.classes?.flatMap((one) => one.bodies) ?? request.bodies;
      const found = await this.#services.calibrate(cluster, { ...request, bodies }, stop.signal);
      const { serviceMs, capacity, status, reasons } = found;
      if (status === 'unstable')
        this.trouble = `Not steady enough to be used, after ${found.attempts} attempts. ${reasons.join(' ')}`;
      else {
        const measuredAt = new Date().toISOString();
        this.last = { serviceMs, capacity, measuredAt, request: nameOf(request), code };
      }
    } catch (error) {
      if (!stop.signal.aborted) this.trouble = describeError(error);
    } finally {
      this.startedAt = null;
    }
  }

  stop(): void {
    this.#stop?.abort();
  }

  #findObstacle(url: string): string | null {
    const [name = ''] = new URL(url).hostname.split('.');
    const service = this.#cluster.view?.services.find((one) => one.name === name);
    const ready = service?.endpoints.filter((endpoint) => endpoint.ready).length ?? 0;
    if (ready === 1) return null;
    if (ready === 0)
      return `No ready pod answers ${url}. Deploy first, and wait until one is ready.`;
    return `${ready} pods answer ${url}, and a calibration is of one. Set \`replicas: 1\` and deploy, calibrate, and scale up again: the figures stay until the code of the server changes.`;
  }

  /** What the pods run. Replicas and limits are in manifests, and change nothing of what one request costs. */
  #code(): string {
    const deployed: LabFiles = this.#cluster.deployed ?? {};
    const modules = Object.entries(deployed).filter(([path]) => !/\.ya?ml$/.test(path));
    return JSON.stringify(modules.toSorted(([a], [b]) => (a < b ? -1 : 1)));
  }
}

function nameOf({ method, url, bodies }: LoadPlan['request']): string {
  return JSON.stringify([method, url, bodies]);
}
