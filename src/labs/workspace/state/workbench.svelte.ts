import type { Problem } from '#platform/problem.ts';
import type { LabFiles } from '#labs/files.ts';
import type { LabFileCopy } from '#progress/lab-files.ts';
import type { WorkspaceLab, WorkspaceServices } from '../services.ts';
import { ClusterSession } from './cluster-session.svelte.ts';
import { GradeSession } from './grade-session.svelte.ts';
import { KeptTexts } from './kept-texts.svelte.ts';
import { LoadSession } from './load-session.svelte.ts';
import { NodeSession } from './node-session.svelte.ts';
import { MetricsSession } from './metrics-session.svelte.ts';
import { WorkingFiles } from './working-files.svelte.ts';

export type Place =
  | 'brief'
  | 'checks'
  | 'editor'
  | 'terminal'
  | 'node'
  | 'logs'
  | 'requests'
  | 'load'
  | 'metrics'
  | 'problems'
  | 'cluster';

/** A place in a file that something wants to show. `at` makes the same jump twice two jumps. */
export interface Jump {
  readonly path: string;
  readonly line: number;
  readonly column: number;
  readonly at: number;
}

const SETTLE_LIMIT_MS = 2500;

/** Everything one open lab knows: its files, its cluster, its load tests, its grades, and what is in front. */
export class Workbench {
  readonly lab: WorkspaceLab;
  readonly services: WorkspaceServices;
  readonly files: WorkingFiles;
  readonly kept: KeptTexts;
  readonly node: NodeSession;
  readonly cluster: ClusterSession;
  readonly load: LoadSession;
  readonly metrics: MetricsSession;
  readonly grade: GradeSession;

  left: 'brief' | 'checks' = $state('brief');
  bottom: 'terminal' | 'node' | 'logs' | 'requests' | 'load' | 'metrics' | 'problems' =
    $state('terminal');
  /** The one pane of a narrow screen. */
  narrow: Place = $state('brief');
  file = $state('');
  editorMode: 'edit' | 'diff' | 'solution' | 'kept' = $state('edit');
  solution: LabFiles | null = $state.raw(null);
  /** The kept text that the learner's file was last compared with. */
  compared: LabFileCopy | null = $state.raw(null);
  dialog: 'help' | 'reset' | 'solution' | null = $state(null);
  jump: Jump | null = $state.raw(null);
  /** What checkManifests found while typing. */
  lint: readonly Problem[] = $state.raw([]);
  /** Pod that logs and requests are narrowed to. */
  podFilter: string | null = $state(null);
  readonly problems = $derived.by(() => mergeProblems(this.cluster.problems, this.lint));
  /** The cluster runs something else than the editor shows. */
  readonly isBehind = $derived.by(() => {
    const deployed = this.cluster.deployed;
    return (
      deployed !== null &&
      this.files.paths.some((path) => deployed[path] !== this.files.current[path])
    );
  });

  /** Resolves once the editor can be typed into, or will not be for a while: the rest loads after it. */
  readonly settled: Promise<void>;
  settle: () => void;

  #closed = new AbortController();

  constructor(lab: WorkspaceLab, services: WorkspaceServices) {
    this.lab = lab;
    this.services = services;
    this.files = new WorkingFiles(lab.id, lab.definition, lab.start, services.store);
    this.kept = new KeptTexts(lab.id, services.store, this.files);
    this.node = new NodeSession(lab, services, this.files);
    this.cluster = new ClusterSession(lab, services, this.node);
    this.load = new LoadSession(lab.definition, this.cluster, services);
    this.metrics = new MetricsSession(this.cluster);
    this.grade = new GradeSession(lab, services);
    this.file = this.files.paths[0] ?? '';
    const { promise, resolve } = Promise.withResolvers<void>();
    this.settled = promise;
    this.settle = resolve;
    setTimeout(resolve, SETTLE_LIMIT_MS);
    // What a deploy found in a file says nothing about the file after an edit.
    this.files.onChange((path) => this.cluster.dropProblems(path));
  }

  get signal(): AbortSignal {
    return this.#closed.signal;
  }

  /** Brings one part of the screen to the front, on a wide and on a narrow screen. */
  show(place: Place): void {
    this.narrow = place;
    if (place === 'brief' || place === 'checks') this.left = place;
    else if (place !== 'editor' && place !== 'cluster') this.bottom = place;
  }

  openFile(path: string): void {
    this.file = path;
    if (this.editorMode === 'solution' && this.solution?.[path] === undefined)
      this.editorMode = 'edit';
    if (this.editorMode === 'kept' && this.compared?.path !== path) this.editorMode = 'edit';
    this.narrow = 'editor';
  }

  /** Opens the file of a problem at its line. */
  jumpTo(problem: Pick<Problem, 'file' | 'line' | 'column'>): void {
    const { file, line = 1, column = 1 } = problem;
    if (!(file in this.files.current)) return;
    this.editorMode = 'edit';
    this.openFile(file);
    this.jump = { path: file, line, column, at: performance.now() };
  }

  /**
   * Starts the cluster ahead of the first deploy, once the editor is there: a browser that cannot run
   * it is told so before anybody has invested time.
   */
  async warmUp(): Promise<void> {
    await this.settled;
    if (this.signal.aborted) return;
    // The cluster view and the status bar say why when it fails.
    await this.cluster.open().catch(() => {});
  }

  async deploy(): Promise<void> {
    this.narrow = 'cluster';
    await this.files.flush();
    await this.cluster.deploy(this.files.snapshot(), this.#closed.signal);
    if (this.cluster.hasErrors) this.show('problems');
    else if (this.bottom === 'problems') this.bottom = 'terminal';
  }

  async check(): Promise<void> {
    this.show('checks');
    await this.files.flush();
    await this.grade.run(this.files.snapshot());
  }

  /** Shows the solution beside the learner's file; it counts from then on. */
  async showSolution(): Promise<void> {
    this.solution = await this.grade.showSolution();
    const first = this.files.paths.find((path) => this.solution?.[path] !== this.files.start[path]);
    if (first) this.openFile(first);
    this.editorMode = 'solution';
  }

  /** Shows a kept text beside the learner's file. */
  compare(copy: LabFileCopy): void {
    this.compared = copy;
    this.openFile(copy.path);
    this.editorMode = 'kept';
  }

  /** What stands beside the open file, or null while it is only edited. */
  get beside(): string | null {
    if (this.editorMode === 'kept') return this.compared?.text ?? null;
    if (this.editorMode === 'diff') return this.files.start[this.file] ?? null;
    return this.editorMode === 'solution' ? (this.solution?.[this.file] ?? null) : null;
  }

  async close(): Promise<void> {
    this.#closed.abort();
    this.kept.close();
    this.load.stop();
    this.metrics.stop();
    this.grade.close();
    // A cluster that is being opened waits for the answer.
    this.node.cancel();
    await Promise.all([this.files.close(), this.cluster.close()]);
    this.node.close();
  }
}

function mergeProblems(deploy: readonly Problem[], lint: readonly Problem[]): readonly Problem[] {
  const linted = new Set(
    lint.map((problem) => `${problem.file}:${problem.line}:${problem.message}`),
  );
  const only = deploy.filter(
    (problem) => !linted.has(`${problem.file}:${problem.line}:${problem.message}`),
  );
  return [...lint, ...only];
}
