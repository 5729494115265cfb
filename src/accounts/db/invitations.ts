import { and, desc, eq, gt, inArray } from 'drizzle-orm';
import { writeAudit, type Queries } from '#platform/audit.ts';
import { roleOf, type Role } from '../roles.ts';
import { invitation, member, organization, team, user } from '../tables.ts';
import { newId } from './new-id.ts';
import { insertMember, insertTeamMember } from './users.ts';

export interface NewInvitation {
  readonly email: string;
  readonly role: Role;
  /** Id. */
  readonly team: string | null;
}

const lifeMs = 14 * 24 * 60 * 60 * 1000;

/** How the audit log names an invitation: its id opens it, so the log has the beginning only. */
export function subjectOf(id: string): string {
  return `invitation:${id.slice(0, 8)}`;
}

/** Adds invitations of one organisation with their audit rows; gives them with their ids. */
export async function insertInvitations(
  tx: Queries,
  organisation: string,
  inviter: string,
  invitations: readonly NewInvitation[],
) {
  if (invitations.length === 0) return [];
  const expiresAt = new Date(Date.now() + lifeMs);
  const rows = invitations.map(({ email, role, team: teamId }) => ({
    id: newId(),
    organizationId: organisation,
    email,
    role,
    teamId,
    status: 'pending',
    expiresAt,
    inviterId: inviter,
  }));
  await tx.insert(invitation).values(rows);
  const entries = rows.map(({ id, role, teamId }) => ({
    actor: inviter,
    action: 'invitation made',
    subject: subjectOf(id),
    details: { organisation, role, team: teamId },
  }));
  await writeAudit(tx, ...entries);
  return rows;
}

/** An invitation with the names that its page shows; null for an unknown id. */
export async function findInvitation(db: Queries, id: string) {
  const [row] = await db
    .select({
      id: invitation.id,
      email: invitation.email,
      role: invitation.role,
      status: invitation.status,
      expiresAt: invitation.expiresAt,
      organisation: organization.id,
      organisationName: organization.name,
      team: team.id,
      teamName: team.name,
      inviterName: user.name,
    })
    .from(invitation)
    .innerJoin(organization, eq(organization.id, invitation.organizationId))
    .leftJoin(team, eq(team.id, invitation.teamId))
    .leftJoin(user, eq(user.id, invitation.inviterId))
    .where(eq(invitation.id, id));
  return row ? { ...row, role: roleOf(row.role) } : null;
}

/** Open invitations of an organisation, newest first; with `teams` only those into one of them. */
export async function listInvitations(
  db: Queries,
  organisation: string,
  teams: readonly string[] | null,
) {
  const rows = await db
    .select({
      id: invitation.id,
      email: invitation.email,
      role: invitation.role,
      team: invitation.teamId,
      teamName: team.name,
      createdAt: invitation.createdAt,
      expiresAt: invitation.expiresAt,
      mail: invitation.mail,
      mailAt: invitation.mailAt,
    })
    .from(invitation)
    .leftJoin(team, eq(team.id, invitation.teamId))
    .where(
      and(
        eq(invitation.organizationId, organisation),
        eq(invitation.status, 'pending'),
        gt(invitation.expiresAt, new Date()),
        teams ? inArray(invitation.teamId, [...teams, '']) : undefined,
      ),
    )
    .orderBy(desc(invitation.createdAt));
  return rows;
}

/** Notes whether the mail server took the mail of an invitation. */
export async function noteMail(db: Queries, id: string, mail: 'taken' | 'refused'): Promise<void> {
  await db.update(invitation).set({ mail, mailAt: new Date() }).where(eq(invitation.id, id));
}

/** Forgets what became of the mails of these, because they are mailed again from now on; with audit rows. */
export async function forgetMails(
  tx: Queries,
  organisation: string,
  actor: string,
  ids: readonly string[],
): Promise<void> {
  await tx
    .update(invitation)
    .set({ mail: null, mailAt: new Date() })
    .where(inArray(invitation.id, [...ids]));
  const entries = ids.map((id) => ({
    actor,
    action: 'invitation mailed again',
    subject: subjectOf(id),
    details: { organisation },
  }));
  await writeAudit(tx, ...entries);
}

/** Takes an invitation that is still open for a person; gives whether it was. */
export async function acceptInvitation(tx: Queries, id: string, userId: string): Promise<boolean> {
  const [row] = await tx
    .update(invitation)
    .set({ status: 'accepted' })
    .where(
      and(
        eq(invitation.id, id),
        eq(invitation.status, 'pending'),
        gt(invitation.expiresAt, new Date()),
      ),
    )
    .returning();
  if (!row) return false;
  const { organizationId: organisation, role, teamId } = row;
  const isNew = await insertMember(tx, { userId, organisation, role: roleOf(role) });
  if (teamId) await insertTeamMember(tx, teamId, userId);
  const subject = `user:${userId}`;
  const details = {
    organisation,
    role: isNew ? role : await currentRole(tx, organisation, userId),
    team: teamId,
    by: row.inviterId,
  };
  await writeAudit(tx, { actor: userId, action: 'invitation accepted', subject, details });
  return true;
}

/** Accepts every open invitation of an address that the person has confirmed; gives how many. */
export async function acceptPending(
  tx: Queries,
  person: { id: string; email: string },
): Promise<number> {
  const rows = await tx
    .select({ id: invitation.id })
    .from(invitation)
    .where(and(eq(invitation.email, person.email), eq(invitation.status, 'pending')));
  let accepted = 0;
  for (const { id } of rows) if (await acceptInvitation(tx, id, person.id)) accepted += 1;
  return accepted;
}

async function currentRole(
  tx: Queries,
  organisation: string,
  userId: string,
): Promise<string | undefined> {
  const [row] = await tx
    .select({ role: member.role })
    .from(member)
    .where(and(eq(member.organizationId, organisation), eq(member.userId, userId)));
  return row?.role;
}
