/**
 * A learner's file as it is now. `revision` names this text, `base` the one it was written over: the
 * pair tells a continuation from a conflict. A reset file stays as a row whose text is null, so that
 * another device does not bring the old text back.
 */
export interface LabFile {
  readonly lab: string;
  readonly path: string;
  readonly text: string | null;
  readonly revision: string;
  readonly base: string | null;
  readonly at: string;
  readonly device: string;
}

/** A text that something else replaced, kept until the learner deletes it. */
export interface LabFileCopy extends LabFile {
  readonly text: string;
  /** What replaced it: a write of another tab, the learner's reset or choice, an import, or another device. */
  readonly reason: 'conflict' | 'reset' | 'import' | 'sync';
  readonly keptAt: string;
}

/** Whether a text was kept because two devices wrote the file apart, of which `device` is this one. */
export function isOfTwoDevices(copy: LabFileCopy, device: string): boolean {
  // Another tab of this device may also have brought the other one's text while somebody typed here.
  return copy.reason === 'sync' || (copy.reason === 'conflict' && copy.device !== device);
}

/** The outcome of a save: the file's revision now, and what it displaced. */
export interface SavedLabFile {
  /** null only when a file that never existed was reset. */
  readonly revision: string | null;
  readonly kept: LabFileCopy | null;
}
