import { showMoment } from '#assignments/moment.ts';
import { settingLabel, showSetting } from '#settings/settings.ts';
import type { AuditRow } from './db/list-rows.ts';
import type { AuditNames } from './names.ts';

interface Told {
  /** Who acted. */
  readonly actor: string;
  /** The id behind the kind in the row's subject. */
  readonly id: string;
  readonly details: AuditRow['details'];
  readonly names: AuditNames;
  /** Whether somebody did it to themselves. */
  readonly isOwn: boolean;
}

type Tell = (told: Told) => string;

const list = new Intl.ListFormat('en-GB');
const own =
  (what: string): Tell =>
  ({ actor }) =>
    `${actor} ${what}.`;

const sentences: Readonly<Record<string, Tell>> = {
  'site set up': own('set the site up'),
  'role granted': ({ actor, id, details, names, isOwn }) =>
    isOwn
      ? `${actor} became ${role(details)}.`
      : `${actor} made ${names.person(id)} ${role(details)}.`,
  'person removed': ({ actor, id, names }) =>
    `${actor} removed ${names.person(id)} from the organisation.`,
  'team made': ({ actor, id, names }) => `${actor} made the team ${names.team(id)}.`,
  'team renamed': ({ actor, id, names }) =>
    `${actor} renamed a team, which is now ${names.team(id)}.`,
  'team deleted': own('deleted a team'),
  'put into team': ({ actor, id, details, names }) =>
    `${actor} put ${names.person(id)} into the team ${names.team(details['team'])}.`,
  'taken out of team': ({ actor, id, details, names }) =>
    `${actor} took ${names.person(id)} out of the team ${names.team(details['team'])}.`,
  'organisation renamed': ({ actor, details }) =>
    `${actor} renamed the organisation to ${String(details['name'])}.`,
  'organisation deleted': own('was the last to leave, and the organisation was deleted'),
  'setting changed': ({ actor, details }) => {
    const name = String(details['setting']);
    const [from, to] = [showSetting(name, details['from']), showSetting(name, details['to'])];
    return `${actor} changed ${settingLabel(name)} from ${from} to ${to}.`;
  },
  'invitation made': ({ actor, id, details, names }) =>
    `${actor} invited ${names.invited(id)} as ${role(details)}${into(details, names)}.`,
  'invitation mailed again': ({ actor, id, names }) =>
    `${actor} had the invitation of ${names.invited(id)} mailed again.`,
  'invitation withdrawn': ({ actor, id, names }) =>
    `${actor} withdrew the invitation of ${names.invited(id)}.`,
  'invitation accepted': ({ actor, details, names }) =>
    `${actor} accepted the invitation of ${names.person(details['by'])} and is ${role(details)}${into(details, names)}.`,
  'assignment made': ({ actor, id, details, names }) =>
    `${actor} assigned “${names.assignment(id).title}” to ${targets(details, names)}, due ${due(id, details, names)}.`,
  'assignment changed': ({ actor, id, details, names }) =>
    `${actor} changed the assignment “${names.assignment(id).title}”: it is for ${targets(details, names)}, due ${due(id, details, names)}.`,
  'assignment withdrawn': ({ actor, id, names }) => {
    const { title, withdrawnReason } = names.assignment(id);
    return `${actor} withdrew the assignment “${title}”${because(withdrawnReason)}.`;
  },
  'extension granted': ({ actor, id, details, names }) => {
    const { person, dueAt } = details;
    const reason = names.reason(id, person, dueAt);
    return `${actor} gave ${names.person(person)} until ${due(id, details, names)} for “${names.assignment(id).title}”${because(reason)}.`;
  },
  'path published': ({ actor, id, details, names }) =>
    `${actor} published version ${String(details['version'])} of the path “${names.path(id)}”.`,
  'path retired': ({ actor, id, names }) =>
    `${actor} stopped offering the path “${names.path(id)}”.`,
  'audit log exported': own('exported the audit log'),
  'team exported': ({ actor, details }) =>
    `${actor} exported where ${String(details['people'])} people stand, as ${String(details['format']).toUpperCase()}.`,
  'statements exported': ({ actor, details }) =>
    `${actor} exported ${String(details['statements'])} xAPI statements.`,
  'learning records switched on': own('switched the sending of learning records on'),
  'learning records switched off': own('switched the sending of learning records off'),
  'verification asked for': ({ actor, id, details, names }) =>
    `${actor} had an attempt of ${names.person(id)} at the lab ${String(details['lab'])} verified once more.`,
  'name changed': own('changed their name'),
  'password changed': own('set a password and signed other browsers out'),
  'password dropped': own('confirmed their address, which dropped the password set before'),
  'passkey added': own('added a passkey'),
  'passkey removed': own('removed a passkey'),
  'sign-in provider connected': own('connected the sign-in provider'),
  'other browsers signed out': own('signed other browsers out'),
  'address confirmed': own('confirmed their address'),
  'address changed': own('changed their address'),
  'data exported': own('exported their own data'),
  'account deleted': own('deleted their account'),
  'calendar address made': own('made a calendar address'),
  'calendar address revoked': own('switched their calendar address off'),
  'reminders by mail switched on': own('switched their reminders by mail on'),
  'reminders by mail switched off': own('switched their reminders by mail off'),
};

/** What a row says, in words; of an action that this file does not know, its name. */
export function sentenceOf(row: AuditRow, names: AuditNames): string {
  const { action, subject, details } = row;
  const id = subject.slice(subject.indexOf(':') + 1);
  const actor = capitalised(names.person(row.actor));
  const isOwn = subject === `user:${row.actor}`;
  const tell = Object.hasOwn(sentences, action) ? sentences[action] : undefined;
  return tell ? tell({ actor, id, details, names, isOwn }) : `${actor}: ${action}.`;
}

function role({ role: name }: AuditRow['details']): string {
  const text = String(name);
  return `${/^[aeiou]/.test(text) ? 'an' : 'a'} ${text}`;
}

function into({ team }: AuditRow['details'], names: AuditNames): string {
  return typeof team === 'string' ? `, in the team ${names.team(team)}` : '';
}

function targets({ teams, people }: AuditRow['details'], names: AuditNames): string {
  const texts = (value: unknown) => (Array.isArray(value) ? value : []);
  return list.format([
    ...texts(teams).map((id) => names.team(id)),
    ...texts(people).map((id) => names.person(id)),
  ]);
}

function due(assignment: string, { dueAt }: AuditRow['details'], names: AuditNames): string {
  return showMoment(new Date(String(dueAt)), names.assignment(assignment).zone);
}

/** The reason as it was typed, within a sentence that ends with a full stop. */
function because(reason: string | null): string {
  return reason ? `, because: ${reason.replace(/\.$/, '')}` : '';
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
