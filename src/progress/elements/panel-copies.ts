import { downloadText } from '../download-progress.ts';
import type { LabFileCopy } from '../lab-files.ts';
import { make } from '#ui/make.ts';
import { createTime } from './wording.ts';
import { linkTo, type Titles } from './panel-results.ts';
import type { Panel } from './progress-panel.ts';

const reasons: Readonly<Record<LabFileCopy['reason'], string>> = {
  conflict: 'replaced by another tab',
  reset: 'replaced by you',
  import: 'older than the text it met in an import',
  sync: 'one of two texts that devices wrote apart, kept',
};

/** Lists the copies of lab files; the section hides when there are none. */
export async function renderCopies(panel: Panel, titles: Titles): Promise<void> {
  const copies = await panel.progress.labFileCopies();
  const section = panel.element.querySelector<HTMLElement>('[data-copies-section]')!;
  section.hidden = copies.length === 0;
  const list = section.querySelector('ul')!;
  list.className = 'copies';
  list.replaceChildren(...copies.map((copy) => createRow(panel, copy, titles)));
}

function createRow(panel: Panel, copy: LabFileCopy, titles: Titles): HTMLLIElement {
  const name = make('code', {}, copy.path);
  const download = make('button', { type: 'button', className: 'button' }, 'Download');
  const remove = make('button', { type: 'button', className: 'button' }, 'Delete');
  download.ariaLabel = `Download the replaced ${copy.path}`;
  remove.ariaLabel = `Delete the replaced ${copy.path}`;
  download.addEventListener('click', () => {
    downloadText(copy.text, copy.path.split('/').at(-1)!, 'text/plain');
  });
  remove.addEventListener('click', () => {
    void panel.attempt(async () => {
      await panel.progress.removeLabFileCopy(copy.revision);
      panel.say(`The replaced ${copy.path} is deleted.`);
    });
  });
  const why = `, ${reasons[copy.reason]} on `;
  const lab = linkTo(copy.lab, titles);
  return make('li', {}, name, ' of ', lab, why, createTime(copy.keptAt), ' ', download, remove);
}
