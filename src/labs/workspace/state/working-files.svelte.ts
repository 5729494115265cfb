import type { LabDefinition } from '#labs/definition.ts';
import type { LabFiles } from '#labs/files.ts';
import type { LabStore } from '#labs/lab-store.ts';
import type { LabFileCopy } from '#progress/lab-files.ts';
import { describeError } from './describe-error.ts';

const SAVE_AFTER_MS = 300;

/** The learner's files: what they are now, what differs from the start, and whether all of it is kept. */
export class WorkingFiles {
  readonly start: LabFiles;
  readonly paths: readonly string[];
  current: Record<string, string> = $state({});
  /** Why the last save failed, or null. Nothing is lost while the tab stays open. */
  saveError: string | null = $state(null);
  /** Files whose newest text is not yet durable. */
  unsaved: readonly string[] = $state([]);
  readonly changed = $derived.by(() => this.paths.filter((path) => this.isChanged(path)));

  #lab: string;
  #store: LabStore;
  #editable: ReadonlySet<string>;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #unwatch: () => void;
  #listeners = new Set<(path: string, text: string, origin: EditOrigin) => void>();

  constructor(lab: string, definition: LabDefinition, start: LabFiles, store: LabStore) {
    this.#lab = lab;
    this.#store = store;
    this.start = start;
    this.paths = orderPaths(definition, start);
    this.#editable = new Set(definition.editable);
    this.current = { ...start };
    this.#unwatch = store.watch(lab, (path, text) => this.#takeFromOtherTab(path, text));
  }

  /** Brings back what was kept earlier. */
  async restore(): Promise<void> {
    const kept = await this.#store.read(this.#lab);
    for (const [path, text] of Object.entries(kept ?? {})) {
      if (this.isEditable(path)) this.#set(path, text, 'restore');
    }
  }

  isEditable(path: string): boolean {
    return this.#editable.has(path);
  }

  isChanged(path: string): boolean {
    return this.current[path] !== this.start[path];
  }

  /** The text as it is now, for a deploy, a check or the shell. */
  snapshot(): LabFiles {
    return $state.snapshot(this.current);
  }

  /** Takes a new text and keeps it within half a second. Returns false for a read-only file. */
  edit(path: string, text: string, origin: EditOrigin): boolean {
    if (!this.isEditable(path)) return false;
    if (this.current[path] === text) return true;
    this.#set(path, text, origin);
    if (!this.unsaved.includes(path)) this.unsaved = [...this.unsaved, path];
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.flush(), SAVE_AFTER_MS);
    return true;
  }

  /** Puts the start back for the given files. */
  async reset(paths: readonly string[]): Promise<void> {
    const known = paths.filter((path) => this.isEditable(path) && path in this.start);
    this.unsaved = this.unsaved.filter((path) => !known.includes(path));
    for (const path of known) this.#set(path, this.start[path] ?? '', 'reset');
    await this.#keep(() => this.#store.remove(this.#lab, known));
  }

  /** Puts a kept text in the file's place, which is kept instead. Resolves to false where it could not. */
  async take(copy: LabFileCopy): Promise<boolean> {
    await this.flush();
    let isThere = false;
    const isKept = await this.#keep(async () => {
      isThere = await this.#store.takeCopy(copy);
    });
    if (!isKept || !isThere) return false;
    this.unsaved = this.unsaved.filter((path) => path !== copy.path);
    this.#set(copy.path, copy.text, 'restore');
    return true;
  }

  /** Writes everything that is not yet durable. */
  async flush(): Promise<void> {
    clearTimeout(this.#timer);
    const paths = this.unsaved;
    this.unsaved = [];
    await Promise.all(paths.map((path) => this.#save(path)));
  }

  /** Tells about every change with its origin, for the editor and the shell. */
  onChange(listener: (path: string, text: string, origin: EditOrigin) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  close(): Promise<void> {
    this.#unwatch();
    return this.flush();
  }

  async #save(path: string): Promise<void> {
    const text = this.current[path] ?? '';
    const kept = await this.#keep(() => this.#store.write(this.#lab, path, text));
    if (!kept && !this.unsaved.includes(path)) this.unsaved = [...this.unsaved, path];
  }

  async #keep(write: () => Promise<void>): Promise<boolean> {
    try {
      await write();
      this.saveError = null;
      return true;
    } catch (error) {
      this.saveError = describeError(error);
      return false;
    }
  }

  #takeFromOtherTab(path: string, text: string | null): boolean {
    const next = text ?? this.start[path];
    if (next === undefined || !this.isEditable(path) || this.unsaved.includes(path)) return false;
    this.#set(path, next, 'other-tab');
    return true;
  }

  #set(path: string, text: string, origin: EditOrigin): void {
    if (this.current[path] === text) return;
    this.current[path] = text;
    for (const listener of this.#listeners) listener(path, text, origin);
  }
}

/** Who changed a file; each part of the screen ignores its own changes. */
export type EditOrigin =
  'editor' | 'shell' | 'node' | 'restore' | 'reset' | 'solution' | 'other-tab';

/** The files to open first, in their order, then the rest by name. */
function orderPaths(definition: LabDefinition, start: LabFiles): string[] {
  const open = definition.open.filter((path) => path in start);
  const rest = Object.keys(start).filter((path) => !open.includes(path));
  return [...open, ...rest.toSorted()];
}
