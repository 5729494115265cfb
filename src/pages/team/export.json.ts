import type { APIRoute } from 'astro';
import { enterExport, fileResponse } from '#teams/enter.ts';
import { exportJson } from '#teams/export-matrix.ts';
import { readFilters } from '#teams/filters.ts';
import { readCurriculum } from '#teams/shipped-curriculum.ts';

export const prerender = false;

/** Who can do what, as far as the filters of the address go. */
export const GET: APIRoute = async ({ locals, url }) => {
  const asker = await enterExport(locals.visit, url);
  if (asker instanceof Response) return asker;
  const view = await exportJson(asker, await readCurriculum(), readFilters(url));
  return fileResponse(`${JSON.stringify(view, null, 2)}\n`, 'day-two-team', 'application/json');
};
