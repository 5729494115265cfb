import type { ProgressEvent } from '../event-schema.ts';
import type { LabFile, LabFileCopy } from '../lab-files.ts';

/** Version of the export's layout; events carry the version of their own shape. */
export const progressFileVersion = 1;

/** Everything that progress keeps, as exported and imported. */
export interface ProgressContent {
  readonly events: readonly ProgressEvent[];
  readonly labFiles: readonly LabFile[];
  readonly labFileCopies: readonly LabFileCopy[];
}
