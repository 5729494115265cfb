import { and, desc, eq, isNull, sql } from 'drizzle-orm';
import type { Queries } from '#platform/audit.ts';
import { path, pathVersion } from '../tables.ts';
import { pathContentSchema, type PathContent, type PathVersion } from '../version.ts';

/** A version with the items as they were typed. */
export interface StoredVersion extends PathVersion {
  /** YAML; empty for a path that came with Day Two. */
  readonly source: string;
  readonly publishedAt: Date;
}

type Row = typeof pathVersion.$inferSelect;

/** The newest version of every path that an organisation composed and offers, by title. */
export async function listLatest(db: Queries, organisation: string): Promise<StoredVersion[]> {
  const rows = await db
    .selectDistinctOn([pathVersion.pathId])
    .from(pathVersion)
    .innerJoin(path, eq(path.id, pathVersion.pathId))
    .where(and(eq(path.organizationId, organisation), isNull(path.retiredAt)))
    .orderBy(pathVersion.pathId, desc(pathVersion.version));
  return rows
    .map((row) => toVersion(row.path_version))
    .toSorted((one, other) => one.content.title.localeCompare(other.content.title));
}

/** The newest version of a path of the organisation, also of one that is no longer offered; null where there is none. */
export async function findLatest(
  db: Queries,
  organisation: string,
  id: string,
): Promise<(StoredVersion & { readonly isRetired: boolean }) | null> {
  const rows = await db
    .select()
    .from(pathVersion)
    .innerJoin(path, eq(path.id, pathVersion.pathId))
    .where(and(eq(path.organizationId, organisation), eq(path.id, id)))
    .orderBy(desc(pathVersion.version))
    .limit(1);
  const [row] = rows;
  return row ? { ...toVersion(row.path_version), isRetired: row.path.retiredAt !== null } : null;
}

/**
 * The version that holds this content of a path that came with Day Two, made where there is none yet:
 * an update of the content never changes what was assigned.
 */
export async function pinShipped(
  tx: Queries,
  pathId: string,
  content: PathContent,
): Promise<number> {
  // Two managers who assign at once must not make the version twice.
  await tx.execute(sql`SELECT pg_advisory_xact_lock(hashtext(${`path ${pathId}`}))`);
  const [latest] = await tx
    .select({
      version: pathVersion.version,
      isSame: sql<boolean>`${pathVersion.content} = ${JSON.stringify(content)}::jsonb`,
    })
    .from(pathVersion)
    .where(eq(pathVersion.pathId, pathId))
    .orderBy(desc(pathVersion.version))
    .limit(1);
  if (latest?.isSame) return latest.version;
  const version = (latest?.version ?? 0) + 1;
  await tx.insert(pathVersion).values({ pathId, version, content, publishedBy: 'day-two' });
  return version;
}

function toVersion({ pathId, version, content, source, publishedAt }: Row): StoredVersion {
  const parsed = pathContentSchema.parse(content);
  return { path: pathId, version, content: parsed, source: source ?? '', publishedAt };
}
