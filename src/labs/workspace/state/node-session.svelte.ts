import type { NodePlace } from '#pods/node-place.ts';
import { NodeUnavailable } from '#pods/node-unavailable.ts';
import type { WorkspaceLab, WorkspaceServices } from '../services.ts';
import { describeError } from './describe-error.ts';
import type { WorkingFiles } from './working-files.svelte.ts';

/** Why there is no Node, and what can be done about it. */
export interface NodeRefusal {
  readonly message: string;
  readonly repair: string;
  /** It is off here, which no learner can change: told in the status bar and nowhere else. */
  readonly isExpected: boolean;
}

/** The real Node of a lab that names WebContainer as a host; the embedded runtime where there is none. */
export class NodeSession {
  phase: 'embedded' | 'asking' | 'running' = $state('embedded');
  refusal: NodeRefusal | null = $state.raw(null);
  place: NodePlace | null = $state.raw(null);
  /** On which servers in the container listen, ascending. */
  ports: readonly number[] = $state.raw([]);

  #lab: WorkspaceLab;
  #services: WorkspaceServices;
  #files: WorkingFiles;
  #opening: Promise<NodePlace | null> | null = null;
  #closing = new AbortController();
  #unwatch: (() => void)[] = [];

  constructor(lab: WorkspaceLab, services: WorkspaceServices, files: WorkingFiles) {
    this.#lab = lab;
    this.#services = services;
    this.#files = files;
  }

  get isWanted(): boolean {
    return this.#lab.definition.hosts.includes('webcontainer');
  }

  /** The container, or null when the lab wants none or there is none to be had: `refusal` then says why. */
  open(): Promise<NodePlace | null> {
    if (!this.isWanted) return Promise.resolve(null);
    this.#opening ??= this.#open();
    return this.#opening;
  }

  /** Stops asking. A container that is there stays. */
  cancel(): void {
    this.#closing.abort();
  }

  close(): void {
    this.cancel();
    for (const stop of this.#unwatch) stop();
    this.place?.close();
    this.place = null;
    this.ports = [];
    this.phase = 'embedded';
  }

  async #open(): Promise<NodePlace | null> {
    this.phase = 'asking';
    try {
      const place = await this.#services.openNode(this.#files.snapshot(), this.#closing.signal);
      this.#follow(place);
      this.place = place;
      this.phase = 'running';
      return place;
    } catch (error) {
      this.phase = 'embedded';
      if (!this.#closing.signal.aborted) this.refusal = refusalOf(error);
      return null;
    }
  }

  /** Both sides have the same files: what is edited here goes there, what a program writes there comes here. */
  #follow(place: NodePlace): void {
    const unchange = this.#files.onChange((path, text, origin) => {
      if (origin === 'node') return;
      place.write(path, text).catch((error: unknown) => {
        this.refusal = refusalOf(error);
      });
    });
    this.#unwatch = [
      unchange,
      place.watch((path, text) => this.#files.edit(path, text, 'node')),
      place.watchPorts((ports) => (this.ports = ports)),
      place.watchFailures((message) => (this.refusal = refusalOf(new Error(message)))),
    ];
  }
}

function refusalOf(error: unknown): NodeRefusal {
  if (error instanceof NodeUnavailable)
    return { message: error.message, repair: error.repair, isExpected: error.reason === 'off' };
  const repair = 'Reload the page to try again; your files stay as they are.';
  return { message: describeError(error), repair, isExpected: false };
}
