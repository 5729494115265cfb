import type { CheckResult, Verdict } from '#grading/verdict.ts';
import type { LabFiles } from '#labs/files.ts';
import type { LabVerification } from '#submissions/follow-lab.ts';
import type { CheckSummary, WorkspaceLab, WorkspaceServices } from '../services.ts';
import { describeError } from './describe-error.ts';

export interface CheckRow extends CheckSummary {
  readonly status: CheckResult['status'] | 'waiting' | 'running';
  readonly result: CheckResult | null;
}

/** The checks of the lab: each with what the current or last grade found. */
export class GradeSession {
  running = $state(false);
  cancelling = $state(false);
  startedAt: number | null = $state(null);
  rows: readonly CheckRow[] = $state.raw([]);
  verdict: Verdict | null = $state.raw(null);
  attempts = $state(0);
  passedBefore = $state(false);
  solutionShown = $state(false);
  /** Why the verdict could not be kept, or null. */
  keepError: string | null = $state(null);

  /** What became of attempts at the server. */
  verification: LabVerification = $state.raw({ kind: 'off' });

  #closed = new AbortController();
  #checks: readonly CheckSummary[] = [];
  #lab: WorkspaceLab;
  #services: WorkspaceServices;
  #cancel: AbortController | null = null;

  constructor(lab: WorkspaceLab, services: WorkspaceServices) {
    this.#lab = lab;
    this.#services = services;
  }

  /** Loads the checks, and brings back earlier attempts and the last completed verdict. */
  async restore(): Promise<void> {
    const { store } = this.#services;
    const tell = (verification: LabVerification) => (this.verification = verification);
    this.#services.followVerification(this.#lab.id, tell, this.#closed.signal);
    this.#checks = await this.#services.loadChecks(this.#lab.id);
    this.#clear();
    const verdicts = await store.readVerdicts(this.#lab.id);
    const completed = verdicts.filter((verdict) => verdict.run.status === 'completed');
    this.attempts = completed.length;
    this.passedBefore = completed.some((verdict) => verdict.result === 'pass');
    this.solutionShown = await store.isSolutionShown(this.#lab.id);
    const last = completed.at(-1);
    if (last && last.labVersion === this.#lab.definition.version) this.#showVerdict(last);
  }

  /** Grades the files with a fresh seed. */
  async run(files: LabFiles): Promise<void> {
    if (this.running) return;
    this.#cancel = new AbortController();
    Object.assign(this, { running: true, cancelling: false, verdict: null, keepError: null });
    this.startedAt = performance.now();
    this.#clear();
    try {
      const verdict = await this.#services.grade(this.#lab, files, {
        seed: crypto.getRandomValues(new Uint32Array(1))[0] ?? 0,
        solutionShown: this.solutionShown,
        signal: this.#cancel.signal,
        listener: {
          onCheckStart: (id) => this.#update(id, { status: 'running', result: null }),
          onCheckEnd: (result) => this.#update(result.id, { status: result.status, result }),
        },
      });
      this.#showVerdict(verdict);
      await this.#keep(verdict, files);
    } finally {
      this.running = false;
      this.cancelling = false;
      this.startedAt = null;
    }
  }

  cancel(): void {
    this.cancelling = this.running;
    this.#cancel?.abort();
  }

  /** Stops a grade that runs, and asks the server no more. */
  close(): void {
    this.cancel();
    this.#closed.abort();
  }

  /** Notes for good that the solution was looked at. */
  async showSolution(): Promise<LabFiles> {
    const solution = await this.#services.loadSolution(this.#lab.id);
    await this.#services.store.markSolutionShown(this.#lab.id);
    this.solutionShown = true;
    return solution;
  }

  async #keep(verdict: Verdict, files: LabFiles): Promise<void> {
    if (verdict.run.status === 'completed') {
      this.attempts += 1;
      this.passedBefore ||= verdict.result === 'pass';
    }
    try {
      if (verdict.result === 'pass')
        await this.#services.holdAttempt(verdict, this.#selectEditable(files));
      await this.#services.store.recordVerdict(verdict);
    } catch (error) {
      this.keepError = describeError(error);
    }
  }

  #selectEditable(files: LabFiles): LabFiles {
    const { editable } = this.#lab.definition;
    return Object.fromEntries(Object.entries(files).filter(([path]) => editable.includes(path)));
  }

  #clear(): void {
    this.rows = this.#checks.map((check) => ({ ...check, status: 'waiting', result: null }));
  }

  #showVerdict(verdict: Verdict): void {
    this.verdict = verdict;
    for (const result of verdict.checks) this.#update(result.id, { status: result.status, result });
    this.rows = this.rows.map((row) =>
      row.status === 'running' ? { ...row, status: 'waiting' } : row,
    );
  }

  #update(id: string, change: Pick<CheckRow, 'status' | 'result'>): void {
    this.rows = this.rows.map((row) => (row.id === id ? { ...row, ...change } : row));
  }
}
