import type { listInvitations } from '../db/invitations.ts';

type MailFacts = Pick<
  Awaited<ReturnType<typeof listInvitations>>[number],
  'mail' | 'mailAt' | 'createdAt'
>;

/** A mail that was asked for so long ago is not on its way any more, however many were asked for at once. */
const ON_ITS_WAY_MS = 15 * 60_000;

/**
 * Where the mail of an invitation is. `left`: nobody knows of it and it will not go out by itself, because the
 * server ended before its turn came.
 */
export function mailStateOf(
  { mail, mailAt, createdAt }: MailFacts,
  now = Date.now(),
): 'taken' | 'refused' | 'coming' | 'left' {
  if (mail === 'taken' || mail === 'refused') return mail;
  return now - (mailAt ?? createdAt).getTime() < ON_ITS_WAY_MS ? 'coming' : 'left';
}

/** Whether somebody has to see to the mail of an invitation. */
export function isUnmailed(facts: MailFacts): boolean {
  return ['refused', 'left'].includes(mailStateOf(facts));
}
