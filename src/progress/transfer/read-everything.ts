import { withDatabase, type ProgressDatabase } from '../store/database.ts';
import { progressFileVersion, type ProgressContent } from './progress-content.ts';

/** Everything that is stored, as of one moment. */
export function readEverything(): Promise<ProgressContent> {
  return withDatabase(readAll);
}

/** Everything that a database holds, as of one moment. */
export async function readAll(db: ProgressDatabase): Promise<ProgressContent> {
  const stores = ['events', 'lab-files', 'lab-file-copies'] as const;
  const transaction = db.transaction(stores, 'readonly');
  const [events, labFiles, labFileCopies] = await Promise.all([
    transaction.objectStore('events').getAll(),
    transaction.objectStore('lab-files').getAll(),
    transaction.objectStore('lab-file-copies').getAll(),
    transaction.done,
  ]);
  return { events, labFiles, labFileCopies };
}

/** The text of an export. */
export function toProgressFile(content: ProgressContent, device: string): string {
  const header = {
    format: 'day-two-progress',
    version: progressFileVersion,
    exportedAt: new Date().toISOString(),
    device,
  };
  return `${JSON.stringify({ ...header, ...content }, null, 1)}\n`;
}
