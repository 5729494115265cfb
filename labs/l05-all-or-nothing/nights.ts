import type { LabCheckContext } from '#labs/check-context.ts';
import { readSettings } from '#labs/read-settings.ts';
import { queueSchema } from './settings.ts';
import { simulateQueue, type QueueReport, type QueueSettings } from './start/simulate-queue.ts';

/** Accelerators that the two teams may rent. */
export const QUOTA = 6;

/** The learner's queue.yaml; the first check has shown that it fits. */
export function readQueue({ files }: Pick<LabCheckContext, 'files'>): QueueSettings {
  const read = readSettings(files, 'queue.yaml', queueSchema);
  if (!read.ok) throw new Error('queue.yaml does not fit its schema.');
  return read.value;
}

/** Eight nights: both jobs at once, and either of them some time after the other. */
export function simulateNights(context: Pick<LabCheckContext, 'files' | 'seed'>): QueueReport[] {
  const settings = readQueue(context);
  const { seed } = context;
  return [1, 2, seed + 3, seed + 4].flatMap((night, index) => {
    const late = index % 2 === 0 ? 0 : 10 + (night % 30);
    return ([0, 1] as const).map((first) => simulateQueue(settings, { seed: night, late, first }));
  });
}
