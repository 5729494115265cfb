import type { Progress } from './progress.ts';

/** Saves everything, also what only this tab's memory holds, as a file in the downloads folder. */
export async function downloadProgress(progress: Pick<Progress, 'exportAll'>): Promise<void> {
  const day = new Date().toISOString().slice(0, 10);
  downloadText(await progress.exportAll(), `day-two-progress-${day}.json`, 'application/json');
}

/** Hands a text to the browser as a download. */
export function downloadText(text: string, name: string, type: string): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  Object.assign(document.createElement('a'), { href: url, download: name }).click();
  // The download has to start before its address goes.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
