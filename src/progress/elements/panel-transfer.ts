import type { Problem } from '#platform/problem.ts';
import { downloadProgress } from '../download-progress.ts';
import type { ImportResult } from '../transfer/import-progress.ts';
import { make } from '#ui/make.ts';
import { countOf } from './wording.ts';
import type { Panel } from './progress-panel.ts';

/** Wires export and import; a file with problems is imported in part only when the reader says so. */
export function connectTransfer(panel: Panel): void {
  const { element, progress } = panel;
  const input = element.querySelector<HTMLInputElement>('[data-import]')!;
  const report = element.querySelector<HTMLElement>('[data-import-report]')!;
  element.querySelector('[data-export]')!.addEventListener('click', () => {
    void panel.attempt(async () => {
      await downloadProgress(progress);
      panel.say('The export is in your downloads.');
    });
  });
  input.addEventListener('change', () => {
    const [file] = input.files ?? [];
    if (!file) return;
    void panel.attempt(async () => {
      const text = await file.text();
      // So that choosing the same file again, once mended, is a change.
      input.value = '';
      await importFile(panel, report, file.name, text, false);
    });
  });
}

async function importFile(
  panel: Panel,
  report: HTMLElement,
  file: string,
  text: string,
  goodOnly: boolean,
): Promise<void> {
  const result = await panel.progress.importAll(text, { file, goodOnly });
  report.replaceChildren();
  if (result.problems.length > 0) report.append(createProblems(file, result.problems));
  if (result.status === 'imported') {
    panel.say(describeImport(file, result));
    return;
  }
  panel.say(
    `${file} was not imported: ${countOf(result.problems.length, 'problem')}, listed below.`,
  );
  if (result.usable === 0) return;
  const label = `Import the ${countOf(result.usable, 'good entry', 'good entries')}`;
  const button = make('button', { type: 'button', className: 'button' }, label);
  button.addEventListener('click', () => {
    void panel.attempt(() => importFile(panel, report, file, text, true));
  });
  report.append(button);
}

function describeImport(file: string, result: ImportResult & { status: 'imported' }): string {
  const added = `${countOf(result.added, 'entry', 'entries')} added from ${file}`;
  const here = result.alreadyHere > 0 ? `, ${result.alreadyHere} were here already` : '';
  const left = result.problems.length > 0 ? '; the entries with problems were left out' : '';
  return `${added}${here}${left}.`;
}

function createProblems(file: string, problems: readonly Problem[]): HTMLElement {
  const items = problems.map(({ line, column, field, message, repair }) => {
    const place = line === undefined ? field : `line ${line}, column ${column}`;
    const where = make('code', {}, place ?? file);
    return make('li', {}, where, ` ${message} `, make('span', {}, repair));
  });
  const list = make('ol', { className: 'problems' }, ...items);
  // A long list scrolls, and what scrolls has to be reachable by keyboard.
  list.tabIndex = 0;
  list.ariaLabel = `Problems in ${file}`;
  return list;
}
