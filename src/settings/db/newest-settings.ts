import { desc, eq, inArray } from 'drizzle-orm';
import { user } from '#accounts/tables.ts';
import type { Queries } from '#platform/audit.ts';
import { organisationSetting } from '../tables.ts';

const { id, name, value, setAt, organizationId } = organisationSetting;

/** The newest row of each setting of an organisation, with the name of who chose it. */
export async function listNewest(db: Queries, organisation: string) {
  return db
    .selectDistinctOn([name], { id, name, value, setAt, by: user.name })
    .from(organisationSetting)
    .leftJoin(user, eq(user.id, organisationSetting.setBy))
    .where(eq(organizationId, organisation))
    .orderBy(name, desc(id));
}

/** The newest value that each organisation has for one setting. */
export async function listValues(db: Queries, setting: string, organisations: readonly string[]) {
  return db
    .selectDistinctOn([organizationId, name], { organisation: organizationId, name, value })
    .from(organisationSetting)
    .where(inArray(organizationId, [...organisations, '']))
    .orderBy(organizationId, name, desc(id))
    .then((rows) => rows.filter((row) => row.name === setting));
}
