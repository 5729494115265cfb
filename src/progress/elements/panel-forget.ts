import { downloadProgress } from '../download-progress.ts';
import type { Progress } from '../progress.ts';
import { countOf } from './wording.ts';
import type { Panel } from './progress-panel.ts';

/** Wires "Forget me": nothing is deleted before the dialog's own button is pressed. */
export function connectForget(panel: Panel): void {
  const { element, progress } = panel;
  const dialog = element.querySelector<HTMLDialogElement>('[data-forget-dialog]')!;
  const summary = element.querySelector('[data-forget-summary]')!;
  const on = (name: string, action: () => Promise<void>) =>
    element
      .querySelector(`[data-${name}]`)!
      .addEventListener('click', () => void panel.attempt(action));

  on('forget', async () => {
    summary.textContent = `This deletes ${await summarise(progress)}. There is no way back.`;
    dialog.showModal();
  });
  on('forget-cancel', async () => dialog.close());
  on('forget-export', () => downloadProgress(progress));
  on('forget-confirm', async () => {
    dialog.close();
    await progress.forget();
  });
}

async function summarise(progress: Progress): Promise<string> {
  const content = JSON.parse(await progress.exportAll()) as Record<
    'events' | 'labFiles' | 'labFileCopies',
    readonly unknown[]
  >;
  const files = content.labFiles.length + content.labFileCopies.length;
  const events = countOf(content.events.length, 'event');
  return `${events} (lessons read, answers, verdicts) and ${countOf(files, 'lab file')}`;
}
