import type { ProgressEvent } from '../event-schema.ts';
import type { LabFile } from '../lab-files.ts';
import { addEvents } from './add-events.ts';
import { newLabFile, saveLabFile, type LabFileWrite } from './save-lab-file.ts';
import type { SavedLabFile } from '../lab-files.ts';

const events = new Map<string, ProgressEvent>();
const writes = new Map<string, LabFileWrite>();

/** Stores an event together with those that could not be stored before; on failure all stay in memory. */
export async function addEventOrHold(event: ProgressEvent): Promise<void> {
  events.set(event.id, event);
  const batch = [...events.values()];
  await addEvents(batch);
  for (const { id } of batch) events.delete(id);
}

/** Saves a file; on failure its last text stays in memory. */
export async function saveLabFileOrHold(write: LabFileWrite): Promise<SavedLabFile> {
  const key = `${write.lab}/${write.path}`;
  writes.set(key, write);
  const saved = await saveLabFile(write);
  if (writes.get(key) === write) writes.delete(key);
  return saved;
}

/** What only this tab's memory holds, for an export. */
export function readUnsaved(): { events: ProgressEvent[]; labFiles: LabFile[] } {
  return {
    events: [...events.values()],
    labFiles: Array.from(writes.values(), (write) => newLabFile(write)),
  };
}

/** Drops it all, when the person asks to be forgotten. */
export function dropUnsaved(): void {
  events.clear();
  writes.clear();
}
