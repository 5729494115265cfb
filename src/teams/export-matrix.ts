import { stringify } from 'csv-stringify/sync';
import type { Asker } from '#assignments/asker.ts';
import { writeAudit } from '#platform/audit.ts';
import type { Curriculum } from './curriculum.ts';
import { describeCell } from './describe-cell.ts';
import type { TeamFilters } from './filters.ts';
import { readMatrix, type Matrix } from './read-matrix.ts';

/** Everybody who matches the filters as CSV; no cell is taken for a formula by a spreadsheet. */
export async function exportCsv(
  asker: Asker,
  curriculum: Curriculum,
  filters: TeamFilters,
): Promise<string> {
  const matrix = await readForExport(asker, curriculum, filters, 'csv');
  const head = ['id', 'name', 'email', 'role', 'teams', ...matrix.skills.map(({ id }) => id)];
  const rows = matrix.people.map(({ id, name, email, role, teams }) => {
    const own = matrix.cells.get(id);
    const cells = matrix.skills.map((skill) => describeCell(own?.get(skill.id), skill));
    return [id, name, email, role, teams.join('; '), ...cells];
  });
  // The mark lets spreadsheets read it as UTF-8.
  return stringify([head, ...rows], {
    bom: true,
    escape_formulas: true,
    record_delimiter: 'windows',
  });
}

/** The same as one object for JSON. */
export async function exportJson(
  asker: Asker,
  curriculum: Curriculum,
  filters: TeamFilters,
  now = new Date(),
) {
  const { skills, people, cells } = await readForExport(asker, curriculum, filters, 'json');
  const { organisation, organisationName } = asker.membership;
  const { team, skill, lab, status } = filters;
  return {
    format: 'day-two-team',
    version: 1,
    exportedAt: now,
    organisation: { id: organisation, name: organisationName },
    filters: { team, skill, lab, status },
    skills,
    people: people.map((person) => ({
      ...person,
      skills: Object.fromEntries(cells.get(person.id) ?? []),
    })),
  };
}

async function readForExport(
  asker: Asker,
  curriculum: Curriculum,
  filters: TeamFilters,
  format: 'csv' | 'json',
): Promise<Matrix> {
  const matrix = await readMatrix(asker, curriculum, filters, { all: true });
  const { team, skill, lab, status } = filters;
  const { organisation } = asker.membership;
  await writeAudit(asker.db, {
    actor: asker.person.id,
    action: 'team exported',
    subject: `organization:${organisation}`,
    details: { organisation, format, team, skill, lab, status, people: matrix.people.length },
  });
  return matrix;
}
