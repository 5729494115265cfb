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
  const everybody = await listTeamPeople(asker.db, whose, filters.sort);
  const people = everybody.filter(await matcher(asker.db, whose, filters.status, skills));
  const shown = all
    ? { people, total: people.length, page: 1, pages: 1 }
    : sliceOf(people, filters.page);
  const accounts = chosenAccounts(shown.people.map(({ id }) => id));
  return { skills, ...shown, cells: await readCells(asker.db, accounts, skills) };
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
  status: Status | null,
  skills: readonly Skill[],
): Promise<(person: TeamPerson) => boolean> {
  if (status === null) return () => true;
  if (status === 'stuck') {
    const labs = [...new Set(skills.flatMap((skill) => skill.labs))];
    const stuck = await listStuck(db, accountsOf(whose), labs);
    const ids = new Set(stuck.map(({ account }) => account));
    return ({ id }) => ids.has(id);
  }
  const cells = await readCells(db, accountsOf(whose), skills);
  if (status === 'none') return ({ id }) => (cells.get(id)?.size ?? 0) < skills.length;
  return ({ id }) => [...(cells.get(id)?.values() ?? [])].some(({ level }) => level === status);
}
