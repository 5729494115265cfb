import type { Random } from '../random.ts';
import { fillTemplate } from './fill.ts';

// Frames say nothing about the class: all of it comes from the terms (%s).
const TICKET_FRAMES = [
  'We see %s on <svc> since <clock>',
  '<svc>: %s',
  'Can someone from <team> look at %s please?',
  'Problem with %s in <ns>, it also mentions %s',
  '%s {again|once more} on <node>, {yesterday|an hour ago} it was %s',
  'After that we noticed %s and %s',
  'What does "%s" mean? It comes from <svc>',
  '{Alert|Page|Ticket}: %s ({<svc>|<node>|<region>})',
  'Nothing works, probably %s',
  '<user> reports %s, %s and %s',
  '%s',
  '%s {is|looks like} the reason, see also %s',
  'Since {Monday|this morning|the weekend} there is something with the %s of <svc>',
  'Is this %s or %s? Customers notice it',
];
const LOG_FRAMES = [
  '%s',
  '%s: %s',
  'error: %s',
  '%s (%s)',
  '<svc> reported %s',
  '%s, code <n>',
  'failed: %s',
  '%s; %s',
  'reason="%s"',
  '%s for <svc> after <ms>ms',
  'warning %s <n>',
  '%s on <node>: %s',
];

/** A sentence around terms of one class, as a ticket or as a log message. */
export function glossaryText(
  terms: readonly string[],
  kind: 'tickets' | 'messages',
  random: Random,
): string {
  const frame = fillTemplate(random.pick(kind === 'tickets' ? TICKET_FRAMES : LOG_FRAMES), random);
  return frame.replaceAll('%s', () => random.pick(terms));
}
