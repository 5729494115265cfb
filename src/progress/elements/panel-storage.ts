import { progressAvailability, type ProgressAvailability } from '../availability.ts';

/** How much is stored and how safe it is, in words. */
export async function describeStorage(before: ProgressAvailability): Promise<string> {
  // Tried again so that the figures are those of now; a full disk has no figures to give.
  const now = before.isUsable ? await progressAvailability() : before;
  if (!now.isUsable) return 'The browser gives this site no more room.';
  const safety = now.isPersisted
    ? 'The browser promised not to delete it by itself.'
    : 'The browser may delete it when the disk runs short, so export it now and then.';
  return now.usedBytes === null
    ? `The browser does not say how much room it takes. ${safety}`
    : `It takes ${formatBytes(now.usedBytes)}, files that were downloaded for labs included. ${safety}`;
}

function formatBytes(bytes: number): string {
  if (bytes < 1e6) return `${Math.ceil(bytes / 1e3)} kB`;
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
