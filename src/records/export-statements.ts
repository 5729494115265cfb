import { eq, sql } from 'drizzle-orm';
import type { Asker } from '#assignments/asker.ts';
import { scopeOf } from '#assignments/scope.ts';
import { writeAudit } from '#platform/audit.ts';
import { listDeeds } from './db/list-deeds.ts';
import { toStatement } from './statement.ts';
import { recordKeeping } from './tables.ts';

const mostStatements = 50_000;

/** Statements of everything that the asker's people did, as one object for JSON; `isCut` where there is more. */
export async function exportStatements(asker: Asker, origin: string) {
  const { db, membership, person } = asker;
  const { organisation } = membership;
  const [keeping] = await db
    .select({ actor: recordKeeping.actor })
    .from(recordKeeping)
    .where(eq(recordKeeping.organizationId, organisation));
  const scope = scopeOf(membership);
  const people =
    scope === 'all'
      ? sql`true`
      : sql`deed.person IN (SELECT tm.user_id FROM team_member tm WHERE tm.team_id = ANY(${sql.param([...scope])}))`;
  const query = { organisation, people, since: new Date(0), isNew: false };
  const learned = await listDeeds(db, { ...query, limit: mostStatements + 1 });
  const context = { organisation, origin, actor: keeping?.actor ?? ('account' as const) };
  const statements = learned
    .slice(0, mostStatements)
    .flatMap(({ deed }) => (deed ? [toStatement(deed, context)] : []));
  await writeAudit(db, {
    actor: person.id,
    action: 'statements exported',
    subject: `organization:${organisation}`,
    details: { organisation, statements: statements.length },
  });
  return { isCut: learned.length > mostStatements, statements };
}
