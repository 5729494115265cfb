import type { Queries } from '#platform/audit.ts';
import { isFirstOrganisation, readSiteState, type SiteState } from './db/site-state.ts';

/**
 * What the database says of itself; null for an organisation that did not set the site up, whose admins
 * have no business with the server.
 */
export async function readSite(db: Queries, organisation: string): Promise<SiteState | null> {
  return (await isFirstOrganisation(db, organisation)) ? readSiteState(db) : null;
}
