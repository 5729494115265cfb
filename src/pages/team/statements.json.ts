import type { APIRoute } from 'astro';
import { exportStatements } from '#records/export-statements.ts';
import { enterExport, fileResponse } from '#teams/enter.ts';

export const prerender = false;

/** xAPI statements of everything that the asker's people did. */
export const GET: APIRoute = async ({ locals, url }) => {
  const asker = await enterExport(locals.visit, url);
  if (asker instanceof Response) return asker;
  const records = await exportStatements(asker, locals.visit?.origin ?? url.origin);
  return fileResponse(
    `${JSON.stringify(records, null, 2)}\n`,
    'day-two-statements',
    'application/json',
  );
};
