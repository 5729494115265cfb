import type { Verdict } from '#grading/verdict.ts';
import type { LabFileCopy } from '#progress/lab-files.ts';
import type { LabFiles } from './files.ts';

/**
 * Where a learner's work in labs is kept in this browser; `open-lab-store.ts` opens it. Every method
 * that writes resolves once the write is durable, and rejects with a `ProgressError` when it is not:
 * `explainProgressError` has the sentence and the repair to show.
 */
export interface LabStore {
  /** This browser's id among the devices of a person. */
  readonly device: string;
  /** The files that differ from the lab's start, or null when this lab was never edited here. */
  read(lab: string): Promise<LabFiles | null>;
  /**
   * Keeps one file's text. May be called on every keystroke: while one write of a file is under way,
   * only the last text waits. When another tab wrote meanwhile, this text wins and the other is kept
   * as a copy.
   */
  write(lab: string, path: string, text: string): Promise<void>;
  /** Goes back to the lab's start for the given files; what was there is kept as a copy. */
  remove(lab: string, paths: readonly string[]): Promise<void>;
  /**
   * Calls back when another tab, an import or another device wrote or removed (`null`) a file of this
   * lab. Return true when the workspace took that text: the next write then continues from it.
   * Otherwise the next write keeps it as a copy.
   */
  watch(lab: string, listener: (path: string, text: string | null) => boolean | void): () => void;
  /** Texts that another tab, another device, an import or a reset replaced, newest first. */
  readCopies(lab: string): Promise<readonly LabFileCopy[]>;
  removeCopy(revision: string): Promise<void>;
  /**
   * Puts a kept text in the file's place, which is kept instead; the next write continues from it.
   * Resolves to false where the kept text is no longer there.
   */
  takeCopy(copy: LabFileCopy): Promise<boolean>;
  /** Calls back when texts may have been kept or removed, in this tab or another. */
  watchCopies(lab: string, listener: () => void): () => void;
  /** Keeps a finished verdict. */
  recordVerdict(verdict: Verdict): Promise<void>;
  /** Every verdict of this lab, oldest first. */
  readVerdicts(lab: string): Promise<readonly Verdict[]>;
  /** Notes that the learner looked at the solution; later verdicts say so. */
  markSolutionShown(lab: string): Promise<void>;
  isSolutionShown(lab: string): Promise<boolean>;
}
