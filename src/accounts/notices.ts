import { emailField } from './forms/fields.ts';

/** What was done, by the code in the page's address. Only what is listed here is ever shown. */
const notices: Readonly<Record<string, string>> = {
  'signed-out': 'You are signed out.',
  'set-up': 'The site is set up. Invite people here.',
  named: 'Your name is changed.',
  password: 'Your password is set. Other browsers are signed out.',
  revoked: 'That browser is signed out.',
  'all-revoked': 'All other browsers are signed out.',
  passkey: 'The passkey is added. You can sign in with it from now on.',
  'passkey-removed': 'The passkey is removed. Delete it from your device or password manager too.',
  'mail-sent': 'A link is on its way. Open it in this browser.',
  'mail-confirmed': 'Your address is confirmed.',
  'mail-changed': 'Your address is changed.',
  deleted: 'Your account and everything the server kept with it are deleted.',
  joined: 'You have joined.',
  invited: 'The invitation is made.',
  withdrawn: 'The invitation is withdrawn. Its link no longer works.',
  'mailed-again': 'The invitation is mailed again.',
  'mail-refused':
    'The mail server did not take the mail. Pass the link on yourself, or mail it again later.',
  role: 'The role is changed.',
  removed: 'The person is no longer in the organisation.',
  'team-created': 'The team is made.',
  'team-renamed': 'The team is renamed.',
  'team-deleted': 'The team is deleted. Its people stay in the organisation.',
  'team-added': 'The person is in the team.',
  'team-removed': 'The person is no longer in the team.',
  renamed: 'The organisation is renamed.',
  settings: 'The settings are saved. They hold from now on.',
  mailed: 'The mail server took the test mail. Look whether it arrives, in the spam folder too.',
  logged: 'No mail server is set, so the test mail is in the server’s log.',
  current: 'You are looking at this organisation now.',
};

/** The notice that a page's address asks for. */
export function noticeOf({ searchParams }: URL): string | null {
  const invited = countOf(searchParams, 'many');
  if (invited !== null) return invitedMany(invited, searchParams);
  const mails = countOf(searchParams, 'mails');
  if (mails !== null) return `${mails} mails are on their way.`;
  const notice = notices[searchParams.get('done') ?? ''] ?? null;
  return searchParams.get('mail') === 'failed' && notice
    ? `${notice} The mail server did not take its mail: pass the link on yourself.`
    : notice;
}

/** What the sign-in page says after a link was asked for; null where none was. */
export function sentNotice({ searchParams }: URL, hasMail: boolean): string | null {
  const email = emailField.safeParse(searchParams.get('sent'));
  if (!email.success) return null;
  return hasMail
    ? `If ${email.data} has an account here, a link is on its way to it. It works once, within 15 minutes.`
    : `If ${email.data} has an account here, a link is in the server’s log now. It works once, within 15 minutes.`;
}

function invitedMany(invited: number, query: URLSearchParams): string {
  const left = countOf(query, 'left') ?? 0;
  const parts = [invited === 1 ? '1 invitation is made.' : `${invited} invitations are made.`];
  if (left > 0) parts.push(left === 1 ? '1 row was left out.' : `${left} rows were left out.`);
  if (query.get('mail') === 'coming')
    parts.push(invited === 1 ? 'Its mail is on its way.' : 'Their mails are on their way.');
  return parts.join(' ');
}

function countOf(query: URLSearchParams, name: string): number | null {
  const text = query.get(name) ?? '';
  return /^\d{1,5}$/.test(text) ? Number(text) : null;
}
