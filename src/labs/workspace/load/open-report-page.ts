import { mount, unmount } from 'svelte';
import type { KeptRun } from '../state/load-session.svelte.ts';

export interface ReportPageOptions {
  readonly run: KeptRun;
  readonly base: KeptRun | null;
  readonly lab: { readonly id: string; readonly title: string };
}

/** Shows a report as a page of its own over the workspace, made to be printed, until it is closed. */
export async function openReportPage(options: ReportPageOptions): Promise<void> {
  const { default: ReportPage } = await import('./report-page.svelte');
  const focused = document.activeElement;
  const title = document.title;
  const target = document.createElement('div');
  target.className = 'lab-report-host';
  const covered = [...document.body.children].filter(
    (element): element is HTMLElement => element instanceof HTMLElement && !element.inert,
  );
  for (const element of covered) element.inert = true;
  document.body.append(target);
  // A browser takes the title for the name of a printed file.
  document.title = `${options.lab.title}, load test of ${options.run.report.startedAt.slice(0, 16).replace('T', ' ')}`;
  const page = mount(ReportPage, { target, props: { ...options, onclose: close } });

  function close(): void {
    void unmount(page);
    target.remove();
    for (const element of covered) element.inert = false;
    document.title = title;
    if (focused instanceof HTMLElement) focused.focus();
  }
}
