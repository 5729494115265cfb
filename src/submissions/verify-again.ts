import { sql } from 'drizzle-orm';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import type { Person } from '#accounts/read-person.ts';
import { may } from '#accounts/roles.ts';
import { writeAudit, type Queries } from '#platform/audit.ts';
import { lockPerson, readWork, writeStep } from './db/steps.ts';

/** `hidden`: there is none that they may have verified; `open`: it waits or runs as it is. */
export type VerifyAgainAnswer = 'asked' | 'open' | 'hidden';

/**
 * Has a submission graded once more, for an admin of an organisation of its person or a manager of one of
 * their teams. What it was found to be before stays written down.
 */
export function verifyAgain(
  db: NodePgDatabase,
  asker: Person,
  submission: string,
): Promise<VerifyAgainAnswer> {
  return db.transaction(async (transaction) => {
    const work = await readWork(transaction, submission);
    const organisation = work && (await findOrganisation(transaction, asker, work.person));
    if (!work || !organisation) return 'hidden';
    await lockPerson(transaction, work.person);
    const { state } = (await readWork(transaction, submission)) ?? work;
    if (state === 'queued' || state === 'running') return 'open';
    await writeStep(transaction, submission, { state: 'queued', actor: asker.id });
    await writeAudit(transaction, {
      actor: asker.id,
      action: 'verification asked for',
      subject: `user:${work.person}`,
      details: { organisation, submission, lab: work.lab, before: state },
    });
    return 'asked';
  });
}

/** In which the asker manages the person; null where in none. */
async function findOrganisation(
  db: Queries,
  asker: Person,
  person: string,
): Promise<string | null> {
  const admins = asker.memberships.filter(({ role }) => may(role, { member: ['update'] }));
  const managers = asker.memberships.filter(({ role }) => may(role, { invitation: ['create'] }));
  const organisations = admins.map(({ organisation }) => organisation);
  const teams = managers.flatMap((membership) => membership.teams.map(({ id }) => id));
  const { rows } = await db.execute<{ organisation: string }>(sql`
    SELECT organization_id AS organisation FROM member WHERE user_id = ${person} AND (
      organization_id = ANY(${sql.param(organisations)})
      OR EXISTS (SELECT 1 FROM team_member JOIN team ON team.id = team_member.team_id
        WHERE team_member.user_id = ${person} AND team.id = ANY(${sql.param(teams)})
          AND team.organization_id = member.organization_id)) LIMIT 1`);
  return rows[0]?.organisation ?? null;
}
