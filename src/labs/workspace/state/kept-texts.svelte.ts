import { isOfTwoDevices, type LabFileCopy } from '#progress/lab-files.ts';
import type { LabStore } from '#labs/lab-store.ts';
import { describeError } from './describe-error.ts';
import type { WorkingFiles } from './working-files.svelte.ts';

/** Texts of a lab's files that something replaced, and which of them the learner has to choose about. */
export class KeptTexts {
  /** Newest first. */
  all: readonly LabFileCopy[] = $state.raw([]);
  /** Why they could not be read or changed, or null. */
  failure: string | null = $state(null);
  /** Of two texts that two devices wrote apart, the one that is not the file, until it was put off or decided on. */
  readonly undecided = $derived.by(() =>
    this.all.filter(
      (copy) =>
        isOfTwoDevices(copy, this.#store.device) &&
        !this.#putOff.includes(copy.revision) &&
        // The learner may have decided on the other device.
        this.#files.current[copy.path] !== copy.text,
    ),
  );

  #lab: string;
  #store: LabStore;
  #files: WorkingFiles;
  #putOff: readonly string[] = $state.raw([]);
  #unwatch: () => void;

  constructor(lab: string, store: LabStore, files: WorkingFiles) {
    this.#lab = lab;
    this.#store = store;
    this.#files = files;
    this.#unwatch = store.watchCopies(lab, () => void this.read());
  }

  async read(): Promise<void> {
    await this.#attempt(async () => {
      const found = await this.#store.readCopies(this.#lab);
      this.all = found.filter(({ path }) => this.#files.isEditable(path));
    });
  }

  isOfThisDevice(copy: LabFileCopy): boolean {
    return copy.device === this.#store.device;
  }

  /** Makes it the file; what stood there is kept instead. Resolves to whether it did. */
  async take(copy: LabFileCopy): Promise<boolean> {
    const taken = await this.#files.take(copy);
    await this.read();
    return taken;
  }

  async remove(copy: LabFileCopy): Promise<boolean> {
    const isRemoved = await this.#attempt(() => this.#store.removeCopy(copy.revision));
    if (isRemoved) await this.read();
    return isRemoved;
  }

  /** Says nothing more of those that are undecided now until the lab is opened again. */
  putOff(): void {
    this.#putOff = [...this.#putOff, ...this.undecided.map(({ revision }) => revision)];
  }

  close(): void {
    this.#unwatch();
  }

  async #attempt(deed: () => Promise<void>): Promise<boolean> {
    try {
      await deed();
      this.failure = null;
      return true;
    } catch (error) {
      this.failure = describeError(error);
      return false;
    }
  }
}
