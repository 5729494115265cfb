import type { Person } from '#accounts/read-person.ts';
import type { Queries } from '#platform/audit.ts';
import { findOwnPath, listOwnPaths, type OfferedPath } from './offered.ts';
import { listShippedPaths } from './shipped.ts';

/** Who looks at the catalogue; without an organisation only what came with Day Two is in it. */
export interface Reader {
  readonly db: Queries;
  readonly person: Person;
}

/** Every path that can be taken: those that came with Day Two, then the organisation's own. */
export async function listPaths(reader: Reader | null): Promise<OfferedPath[]> {
  const own = reader?.person.current
    ? await listOwnPaths(reader.db, reader.person.current.organisation)
    : [];
  return [...(await listShippedPaths()), ...own];
}

/** One of them, or one of the organisation that is no longer offered; null where there is none of that id. */
export async function findPath(reader: Reader | null, id: string): Promise<OfferedPath | null> {
  const shipped = (await listShippedPaths()).find((path) => path.id === id);
  if (shipped || !reader?.person.current) return shipped ?? null;
  return findOwnPath(reader.db, reader.person.current.organisation, id);
}
