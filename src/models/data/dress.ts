import type { Random } from '../random.ts';
import { fillTemplate } from './fill.ts';

const OPENERS = [
  'Hi team,',
  'Hello,',
  'URGENT:',
  '[P1]',
  '[P2]',
  'Question:',
  'FYI:',
  'Ticket from <team>:',
  'Morning all,',
  'Escalation from <team>:',
  'SEV2',
  'Incident:',
  'Re:',
  'Customer report:',
];
const CLOSERS = [
  'Please look today.',
  'Thanks',
  'It blocks the release.',
  'Seen twice this week.',
  'Not urgent.',
  'Started around <clock>.',
  'Affects <n> customers.',
  'Runbook did not help.',
  'Regards, <user>',
  'Any idea?',
  'On-call for <team> was paged.',
  'Happens in <region> only.',
  'Ticket was reopened.',
  'Cluster <region>, namespace <ns>.',
];

// Formats carry no class: each may stand around any message, whose place is `%s` (`%q` where the format quotes it).
const FORMATS = [
  '%s',
  '%s',
  '{ERROR|WARN|FATAL|error|level=error} %s',
  '<iso> {ERROR|WARN|WARNING|CRITICAL} [{main|worker-<n>|http-<n>}] %s',
  '<syslog> <node> {<svc>|kubelet|systemd|containerd|agent}[<big>]: %s',
  '{"level":"{error|warn|fatal}","ts":"<iso>","msg":%q}',
  '{"time":"<iso>","severity":"{ERROR|WARNING}","service":"<svc>","message":%q}',
  'time=<iso> level={error|warn} component=<svc> msg=%q',
  '{E|W}<klog> {controller|manager|server|client}.go:<n>] %s',
  '<ts> {ERROR|WARN} <n> --- [{nio-8080-exec-<n>|scheduling-<n>}] c.e.{Service|Client|Worker} : %s',
  '[<ts>] <svc>.{ERROR|WARNING}: %s',
  '<svc> | %s',
] as const;

/** A ticket as a person sends it: perhaps a greeting, a closing remark, a typing error, all in lower case. */
export function dressTicket(text: string, random: Random): string {
  let ticket = text;
  if (random.chance(0.3)) ticket = `${fillTemplate(random.pick(OPENERS), random)} ${ticket}`;
  if (random.chance(0.35))
    ticket = `${ticket}${random.pick(['.', '!', ',', ''])} ${fillTemplate(random.pick(CLOSERS), random)}`;
  if (random.chance(0.25)) ticket = misspell(ticket, random);
  return ticket;
}

/** A message inside one of the log formats seen in the field. */
export function dressMessage(text: string, random: Random): string {
  return fillTemplate(random.pick(FORMATS), random)
    .replace('%s', () => text)
    .replace('%q', () => JSON.stringify(text));
}

/** A complete line, at times cut short as a log viewer cuts it. */
export function dressLine(text: string, random: Random): string {
  return random.chance(0.15) && text.length > 60
    ? text.slice(0, 50 + random.below(text.length - 50))
    : text;
}

function misspell(text: string, random: Random): string {
  if (text.length < 8) return text;
  const at = 1 + random.below(text.length - 2);
  const [before, letter, next, rest] = [
    text.slice(0, at),
    text.charAt(at),
    text.charAt(at + 1),
    text.slice(at + 2),
  ];
  return random.chance(0.5) ? before + next + letter + rest : before + next + rest;
}
