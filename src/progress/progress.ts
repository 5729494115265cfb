import type { Verdict } from '#grading/verdict.ts';
import { announce, watchProgress, type ChangeListener } from './changes.ts';
import type { EventDraft, EventOf, ProgressEvent } from './event-schema.ts';
import type { LabFile, LabFileCopy, SavedLabFile } from './lab-files.ts';
import { lessonStates } from './lesson-progress.ts';
import { eventsOfKind, newEvent, readDevice } from './store/add-events.ts';
import { withDatabase } from './store/database.ts';
import { forgetEverything } from './store/forget.ts';
import { takeLabFileCopy } from './store/take-copy.ts';
import { addEventOrHold, dropUnsaved, readUnsaved, saveLabFileOrHold } from './store/unsaved.ts';
import type { ImportOptions, ImportResult } from './transfer/import-progress.ts';
import { readEverything, toProgressFile } from './transfer/read-everything.ts';

/** What a person did on this site, in this browser. Everything rejects with a `ProgressError`. */
export interface Progress {
  /** This browser's id among the devices of a person. */
  readonly device: string;
  /** Adds an event; resolves once it is on disk. When it is not, it stays in memory for an export. */
  record(draft: EventDraft): Promise<ProgressEvent>;
  readonly lessonStates: typeof lessonStates;
  /** Every answer given in a lesson, oldest first. */
  checkAnswers(lesson: string): Promise<readonly EventOf<'check-answered'>[]>;
  /** Every verdict, or those of one lab, oldest first. */
  verdicts(lab?: string): Promise<readonly Verdict[]>;
  isSolutionShown(lab: string): Promise<boolean>;
  /** The files of a lab that were ever edited; a text of null is a file that was reset. */
  labFiles(lab: string): Promise<readonly LabFile[]>;
  /**
   * Writes one file over the revision that the caller last saw; null text resets it. Never refuses:
   * a text that the caller had not seen is kept as a copy.
   */
  saveLabFile(
    lab: string,
    path: string,
    text: string | null,
    baseRevision: string | null,
  ): Promise<SavedLabFile>;
  /** Texts that were replaced, newest first. */
  labFileCopies(lab?: string): Promise<readonly LabFileCopy[]>;
  removeLabFileCopy(revision: string): Promise<void>;
  /** Puts a kept text in the file's place, which is kept instead; null where it is no longer there. */
  takeLabFileCopy(revision: string): Promise<SavedLabFile | null>;
  readonly watch: (listener: ChangeListener) => () => void;
  /** Everything as the text of a file, with what only this tab's memory holds. */
  exportAll(): Promise<string>;
  /** Adds an export to what is here. Importing it twice changes nothing. */
  importAll(text: string, options?: ImportOptions): Promise<ImportResult>;
  /** Deletes everything that this site keeps in this browser. There is no way back. */
  forget(): Promise<void>;
}

/** Opens progress, or says why this browser cannot keep any. */
export async function openProgress(): Promise<Progress> {
  const device = await readDevice();
  return {
    device,
    record: (draft) => record(draft, device),
    lessonStates,
    checkAnswers,
    verdicts,
    isSolutionShown,
    labFiles,
    saveLabFile: (lab, path, text, base) => saveLabFileOrHold({ lab, path, text, base, device }),
    labFileCopies,
    removeLabFileCopy,
    takeLabFileCopy: (revision) => takeLabFileCopy(revision, device),
    watch: watchProgress,
    exportAll: () => exportAll(device),
    importAll,
    forget,
  };
}

async function record(draft: EventDraft, device: string): Promise<ProgressEvent> {
  const event = newEvent(draft, device);
  await addEventOrHold(event);
  return event;
}

async function checkAnswers(lesson: string): Promise<readonly EventOf<'check-answered'>[]> {
  const events = await withDatabase((db) => db.getAllFromIndex('events', 'lesson', lesson));
  return events.filter((event) => event.kind === 'check-answered');
}

async function verdicts(lab?: string): Promise<readonly Verdict[]> {
  const events = await eventsOfKind('verdict');
  return events
    .map((event) => event.payload)
    .filter((verdict) => lab === undefined || verdict.lab === lab);
}

async function isSolutionShown(lab: string): Promise<boolean> {
  const events = await eventsOfKind('solution-shown');
  return events.some((event) => event.payload.lab === lab);
}

function labFiles(lab: string): Promise<readonly LabFile[]> {
  // In IndexedDB's order an array sorts after every string, so this covers all paths of the lab.
  return withDatabase((db) => db.getAll('lab-files', IDBKeyRange.bound([lab], [lab, []])));
}

async function labFileCopies(lab?: string): Promise<readonly LabFileCopy[]> {
  const copies = await withDatabase((db) => db.getAll('lab-file-copies'));
  return copies
    .filter((copy) => lab === undefined || copy.lab === lab)
    .sort((one, other) => other.keptAt.localeCompare(one.keptAt));
}

async function removeLabFileCopy(revision: string): Promise<void> {
  const copy = await withDatabase(async (db) => {
    const found = await db.get('lab-file-copies', revision);
    await db.delete('lab-file-copies', revision);
    return found;
  });
  if (copy) announce({ what: 'lab-copies', lab: copy.lab });
}

async function exportAll(device: string): Promise<string> {
  const stored = await readEverything();
  const unsaved = readUnsaved();
  const content = {
    events: [...stored.events, ...unsaved.events],
    labFiles: [...stored.labFiles, ...unsaved.labFiles],
    labFileCopies: stored.labFileCopies,
  };
  return toProgressFile(content, device);
}

async function importAll(text: string, options: ImportOptions = {}): Promise<ImportResult> {
  const { importProgress } = await import('./transfer/import-progress.ts');
  return importProgress(text, options);
}

async function forget(): Promise<void> {
  await forgetEverything();
  dropUnsaved();
}
