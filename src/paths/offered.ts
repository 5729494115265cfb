import type { Queries } from '#platform/audit.ts';
import { findLatest, listLatest, pinShipped } from './db/versions.ts';
import type { PathContent } from './version.ts';

/** A path that can be assigned, in its newest version. */
export interface OfferedPath {
  readonly id: string;
  readonly content: PathContent;
  /** Null for a path that came with Day Two: it gets one when it is assigned. */
  readonly version: number | null;
  /** The items as they were typed; empty for a path that came with Day Two. */
  readonly source: string;
  readonly isRetired: boolean;
}

/** The paths that an organisation composed and offers. */
export async function listOwnPaths(db: Queries, organisation: string): Promise<OfferedPath[]> {
  const versions = await listLatest(db, organisation);
  return versions.map(({ path, content, version, source }) => ({
    id: path,
    content,
    version,
    source,
    isRetired: false,
  }));
}

/** One of them, or null. */
export async function findOwnPath(
  db: Queries,
  organisation: string,
  id: string,
): Promise<OfferedPath | null> {
  const found = await findLatest(db, organisation, id);
  if (!found) return null;
  const { path, content, version, source, isRetired } = found;
  return { id: path, content, version, source, isRetired };
}

/** The version to assign, in the transaction of the assignment. */
export async function pinVersion(tx: Queries, path: OfferedPath): Promise<number> {
  return path.version ?? pinShipped(tx, path.id, path.content);
}
