import { openProgress, type Progress } from '#progress/progress.ts';
import type { LabFile } from '#progress/lab-files.ts';
import { askPersistence } from '#progress/ask-persistence.ts';
import type { LabFiles } from './files.ts';
import type { LabStore } from './lab-store.ts';

/** The revision this tab last saw of each file, which its next write continues from. */
type SeenRevisions = Map<string, string | null>;

interface Writing {
  /** The write under way, and the texts that came after it started. */
  readonly running: Promise<void>;
  next: { text: string | null; done: Promise<void> } | null;
}

/** Opens the store of labs over this browser's progress, or rejects with a `ProgressError`. */
export async function openLabStore(): Promise<LabStore> {
  const progress = await openProgress();
  // Firefox answers only once the person has; a refusal is shown on the progress page.
  void askPersistence();
  const seen: SeenRevisions = new Map();
  const { write, settle } = createWriter(progress, seen);
  return {
    device: progress.device,
    read: (lab) => read(progress, seen, lab),
    write,
    async remove(lab, paths) {
      await Promise.all(paths.map((path) => write(lab, path, null)));
    },
    watch: (lab, listener) => watch(progress, { seen, settle }, lab, listener),
    readCopies: (lab) => progress.labFileCopies(lab),
    removeCopy: (revision) => progress.removeLabFileCopy(revision),
    async takeCopy({ lab, path, revision }) {
      await settle();
      const taken = await progress.takeLabFileCopy(revision);
      if (taken) seen.set(keyOf(lab, path), taken.revision);
      return taken !== null;
    },
    watchCopies: (lab, listener) =>
      progress.watch((change) => {
        if (change.what === 'imported' || (change.what === 'lab-copies' && change.lab === lab))
          listener();
      }),
    async recordVerdict(verdict) {
      await progress.record({ kind: 'verdict', payload: verdict });
    },
    readVerdicts: (lab) => progress.verdicts(lab),
    async markSolutionShown(lab) {
      if (await progress.isSolutionShown(lab)) return;
      await progress.record({ kind: 'solution-shown', payload: { lab } });
    },
    isSolutionShown: (lab) => progress.isSolutionShown(lab),
  };
}

async function read(
  progress: Progress,
  seen: SeenRevisions,
  lab: string,
): Promise<LabFiles | null> {
  const files = await progress.labFiles(lab);
  if (files.length === 0) return null;
  for (const { path, revision } of files) seen.set(keyOf(lab, path), revision);
  return Object.fromEntries(
    files.flatMap(({ path, text }) => (text === null ? [] : [[path, text]])),
  );
}

/**
 * One write of a file at a time, so that each knows the revision before it. While one is under way
 * only the newest text waits: an older one that nobody can see any more need not reach the disk.
 */
function createWriter(progress: Progress, seen: SeenRevisions) {
  const writings = new Map<string, Writing>();

  function write(lab: string, path: string, text: string | null): Promise<void> {
    const key = keyOf(lab, path);
    const current = writings.get(key);
    if (!current) return start(lab, path, text);
    if (current.next) current.next.text = text;
    else {
      const next = { text, done: Promise.resolve() };
      const proceed = () => start(lab, path, next.text);
      // The failure of the write before is its own caller's; this one still has to be tried.
      next.done = current.running.then(proceed, proceed);
      current.next = next;
    }
    return current.next!.done;
  }

  function start(lab: string, path: string, text: string | null): Promise<void> {
    const key = keyOf(lab, path);
    const running = progress
      .saveLabFile(lab, path, text, seen.get(key) ?? null)
      .then(({ revision }) => void seen.set(key, revision))
      .finally(() => {
        if (writings.get(key)?.running === running && !writings.get(key)?.next)
          writings.delete(key);
      });
    writings.set(key, { running, next: null });
    return running;
  }

  /** Waits for the writes under way, after which `seen` holds what they made. */
  async function settle(): Promise<void> {
    await Promise.allSettled([...writings.values()].map(({ running }) => running));
  }

  return { write, settle };
}

function watch(
  progress: Progress,
  { seen, settle }: { readonly seen: SeenRevisions; readonly settle: () => Promise<void> },
  lab: string,
  listener: Parameters<LabStore['watch']>[1],
): () => void {
  return progress.watch((change, from) => {
    // An import, or what another device did, may come to any file, in this tab too.
    if (change.what === 'imported') void take(() => true);
    else if (change.what === 'lab-file' && change.lab === lab && from === 'another-tab')
      void take(({ path }) => path === change.path);
  });

  async function take(isMeant: (file: LabFile) => boolean): Promise<void> {
    await settle();
    for (const file of (await progress.labFiles(lab)).filter(isMeant)) {
      const key = keyOf(lab, file.path);
      if (seen.get(key) !== file.revision && listener(file.path, file.text))
        seen.set(key, file.revision);
    }
  }
}

function keyOf(lab: string, path: string): string {
  return `${lab}/${path}`;
}
