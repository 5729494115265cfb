import { vi } from 'vitest';
import { openTestTab, startWithEmptyBrowser } from '../store/open-test-tab.ts';
import type { Exchange } from './exchange.ts';

export const lab = 'l06-first-service';
const path = 'deployment.yaml';
const signal = new AbortController().signal;
const dayMs = 86_400_000;

export type TestDevice = Awaited<ReturnType<typeof openDevice>>;

/** A browser of its own, with everything of progress loaded afresh; with faked dates, its clock is so many days ahead. */
export async function openDevice(daysAhead = 0) {
  startWithEmptyBrowser();
  const tab = await openTestTab();
  const { syncProgress } = await import('./sync-progress.ts');
  const setClock = () => {
    const now = performance.timeOrigin + performance.now();
    if (vi.isFakeTimers()) vi.setSystemTime(now + daysAhead * dayMs);
  };
  return {
    ...tab,
    record: (...args: Parameters<typeof tab.record>) => {
      setClock();
      return tab.record(...args);
    },
    saveLabFile: (...args: Parameters<typeof tab.saveLabFile>) => {
      setClock();
      return tab.saveLabFile(...args);
    },
    sync: (exchange: Exchange) => syncProgress(exchange, signal),
  };
}

export async function textOf(device: TestDevice): Promise<string | null> {
  return (await device.labFiles(lab))[0]?.text ?? null;
}

/** Writes over whatever the device has. */
export async function write(device: TestDevice, text: string | null): Promise<void> {
  const [file] = await device.labFiles(lab);
  await device.saveLabFile(lab, path, text, file?.revision ?? null);
}

/** The ids of all events, and the text of the file. */
export async function contentOf(device: TestDevice): Promise<{ events: string[]; text: unknown }> {
  const { events } = JSON.parse(await device.exportAll()) as { events: { id: string }[] };
  return { events: events.map(({ id }) => id).toSorted(), text: await textOf(device) };
}
