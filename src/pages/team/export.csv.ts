import type { APIRoute } from 'astro';
import { enterExport, fileResponse } from '#teams/enter.ts';
import { exportCsv } from '#teams/export-matrix.ts';
import { readFilters } from '#teams/filters.ts';
import { readCurriculum } from '#teams/shipped-curriculum.ts';

export const prerender = false;

/** Who can do what, as far as the filters of the address go, for a spreadsheet. */
export const GET: APIRoute = async ({ locals, url }) => {
  const asker = await enterExport(locals.visit, url);
  if (asker instanceof Response) return asker;
  const text = await exportCsv(asker, await readCurriculum(), readFilters(url));
  return fileResponse(text, 'day-two-team', 'text/csv');
};
