import { labResults, type LabResult } from '../lab-results.ts';
import type { LessonState } from '../lesson-progress.ts';
import type { Progress } from '../progress.ts';
import { make } from '#ui/make.ts';
import { countOf, createTime } from './wording.ts';

/** Lesson and lab ids to what the site calls them; absent for those it no longer has. */
export type Titles = Readonly<Record<string, { readonly title: string; readonly href: string }>>;

export interface Results {
  readonly lessons: ReadonlyMap<string, LessonState>;
  readonly labs: ReadonlyMap<string, LabResult>;
}

/** Reads what the tables show. */
export async function readResults(progress: Progress): Promise<Results> {
  const [lessons, labs] = await Promise.all([progress.lessonStates(), labResults()]);
  return { lessons, labs };
}

/** Fills the box with a table of lessons and one of labs, or says that there is nothing. */
export function renderResults(box: HTMLElement, { lessons, labs }: Results, titles: Titles): void {
  if (lessons.size + labs.size === 0) {
    const start = make('a', { href: '/courses/' }, 'Choose a course');
    box.replaceChildren(make('p', {}, 'Nothing yet. ', start, ' to start.'));
    return;
  }
  const tables = [];
  if (lessons.size > 0) {
    const rows = [...lessons].map(([id, state]) => [linkTo(id, titles), ...describe(state)]);
    tables.push(createTable('Lessons', ['Lesson', 'Read', 'Checks'], rows));
  }
  if (labs.size > 0) {
    const rows = [...labs].map(([id, result]) => [linkTo(id, titles), ...describeLab(result)]);
    tables.push(createTable('Labs', ['Lab', 'Best result', 'Attempts', 'When'], rows));
  }
  box.replaceChildren(...tables);
}

/** The name of a lesson or lab, as a link where the site still has it. */
export function linkTo(id: string, titles: Titles): Node | string {
  const known = titles[id];
  return known ? make('a', { href: known.href }, known.title) : id;
}

function describe({ readAt, checks }: LessonState): (Node | string)[] {
  const outcomes = Object.values(checks).filter((correct) => correct !== null);
  const right = outcomes.filter((correct) => correct).length;
  return [
    readAt ? createTime(readAt) : 'Not marked as read',
    outcomes.length > 0 ? `${right} right of ${outcomes.length} answered` : 'None answered',
  ];
}

function describeLab({ best, attempts }: LabResult): (Node | string)[] {
  const points = `${best.points} of ${best.pointsPossible} points`;
  const shown = best.solutionShown ? ', after seeing the solution' : '';
  return [
    `${best.result === 'pass' ? 'Passed' : 'Not passed'}, ${points}${shown}`,
    countOf(attempts, 'attempt'),
    createTime(best.finishedAt),
  ];
}

function createTable(
  caption: string,
  heads: readonly string[],
  rows: readonly (readonly (Node | string)[])[],
): HTMLTableElement {
  const headRow = make('tr', {}, ...heads.map((head) => make('th', { scope: 'col' }, head)));
  const bodyRows = rows.map(([first = '', ...cells]) =>
    make(
      'tr',
      {},
      make('th', { scope: 'row' }, first),
      ...cells.map((cell) => make('td', {}, cell)),
    ),
  );
  return make(
    'table',
    {},
    make('caption', {}, caption),
    make('thead', {}, headRow),
    make('tbody', {}, ...bodyRows),
  );
}
