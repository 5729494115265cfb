import type { Asker } from '#assignments/asker.ts';
import type { Queries } from '#platform/audit.ts';
import type { Curriculum, Skill } from './curriculum.ts';
import { readCells, type Cells } from './db/cells.ts';
import {
  accountsOf,
  chosenAccounts,
  listTeamPeople,
  type TeamPerson,
  type Whose,
} from './db/people.ts';
import { listStuck } from './db/stuck.ts';
import { skillsShown, type Status, type TeamFilters } from './filters.ts';
import { whoseOf } from './viewer.ts';

/** People by skills, as much of it as one page shows. */
export interface Matrix {
  readonly skills: readonly Skill[];
  /** By name unless asked otherwise. */
  readonly people: readonly TeamPerson[];
  readonly cells: Cells;
  /** People who match the filters, on all pages. */
  readonly total: number;
  readonly page: number;
  readonly pages: number;
}

export const peopleOfPage = 50;

/** What the asker's people can do. With `all` every page at once, for an export. */
export async function readMatrix(
  asker: Asker,
  curriculum: Curriculum,
  filters: TeamFilters,
  { all = false } = {},
): Promise<Matrix> {
  const skills = skillsShown(curriculum, filters);
  const whose = whoseOf(asker, filters);
  if (!whose) return { skills, people: [], cells: new Map(), total: 0, page: 1, pages: 1 };
  const { status, sort } = filters;
  const everybody = await listTeamPeople(asker.db, whose, sort);
  // Without a status the page is known before anything is summed up.
  if (status === null && !all) {
    const slice = sliceOf(everybody, filters.page);
    const accounts = chosenAccounts(slice.people.map(({ id }) => id));
    return { skills, ...slice, cells: await readCells(asker.db, accounts, skills) };
  }
  const cells = await readCells(asker.db, accountsOf(whose), skills);
  const has = status ? await matcher(asker.db, whose, status, skills, cells) : () => true;
  const people = everybody.filter(({ id }) => has(id));
  if (all) return { skills, people, cells, total: people.length, page: 1, pages: 1 };
  return { skills, ...sliceOf(people, filters.page), cells };
}

function sliceOf(people: readonly TeamPerson[], wanted: number) {
  const pages = Math.max(1, Math.ceil(people.length / peopleOfPage));
  const page = Math.min(wanted, pages);
  return {
    people: people.slice((page - 1) * peopleOfPage, page * peopleOfPage),
    total: people.length,
    page,
    pages,
  };
}

/** Whether somebody has the status somewhere among the skills. */
async function matcher(
  db: Queries,
  whose: Whose,
  status: Status,
  skills: readonly Skill[],
  cells: Cells,
): Promise<(id: string) => boolean> {
  if (status === 'stuck') {
    const labs = [...new Set(skills.flatMap((skill) => skill.labs))];
    const stuck = await listStuck(db, accountsOf(whose), labs);
    const ids = new Set(stuck.map(({ account }) => account));
    return (id) => ids.has(id);
  }
  if (status === 'none') return (id) => (cells.get(id)?.size ?? 0) < skills.length;
  return (id) => [...(cells.get(id)?.values() ?? [])].some(({ level }) => level === status);
}
