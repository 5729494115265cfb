import type { Random } from '#models/random.ts';
import { CLASSES, type TriageClass } from '../classes.ts';
import { fillTemplate } from '../fill.ts';
import { KNOWLEDGE } from './knowledge.ts';

const RUNBOOK_SHARE = 0.7;
const CAUSES = [
  'a change in the configuration',
  'the release of <clock>',
  'a slow dependency',
  'a retry storm from <svc>',
  'a limit that was never set',
  'a secret that was rotated in one place only',
  'a job of team <team>',
  'a part that wears out',
];
const FOLLOW_UPS = [
  'add an alert',
  'write a test',
  'update the runbook',
  'review the limit',
  'automate the manual step',
];

/** A document of the grammar: mostly runbooks, else an incident note. */
export function drawDocument(random: Random): string {
  return random.chance(RUNBOOK_SHARE) ? drawRunbook(random) : drawIncident(random);
}

/** The first line of a runbook, without the line break: the prompt that a runbook grows from. */
export function drawTitle(random: Random): string {
  return `# Runbook: ${random.pick(CLASSES)} alert on ${fillTemplate('<svc>', random)}`;
}

/** A runbook in the form that check.ts reads. */
export function drawRunbook(random: Random): string {
  const title = drawTitle(random);
  const name =
    CLASSES.find((candidate) => title.startsWith(`# Runbook: ${candidate} `)) ?? CLASSES[0];
  return writeRunbook(title, name, () => random.pick(KNOWLEDGE[name].symptoms), random);
}

/** A runbook for one symptom of one service: the text that a search should find. */
export function drawRunbookFor(
  name: TriageClass,
  symptom: string,
  service: string,
  random: Random,
): string {
  const title = `# Runbook: ${name} alert on ${service}`;
  return writeRunbook(title, name, () => symptom.replaceAll('<svc>', service), random);
}

function writeRunbook(
  title: string,
  name: TriageClass,
  symptom: () => string,
  random: Random,
): string {
  const { checks, fixes } = KNOWLEDGE[name];
  const fill = (text: string): string => fillTemplate(text, random);
  const owner = fill('<team>');
  const steps = random.shuffle(checks).slice(0, 2 + random.below(2));
  const repairs = random.shuffle(fixes).slice(0, 1 + random.below(2));
  return [
    title,
    `Owner: ${owner}. Severity: SEV${1 + random.below(3)}.`,
    `Symptom: ${fill(symptom())}.`,
    '',
    '## Check',
    ...steps.map((step, index) => `${index + 1}. ${fill(step)}.`),
    '',
    '## Fix',
    ...repairs.map((repair) => `- ${fill(repair)}.`),
    '',
    `Escalate: page ${owner} after ${random.pick([10, 15, 20, 30])} minutes.`,
    '',
  ].join('\n');
}

function drawIncident(random: Random): string {
  const name = random.pick(CLASSES);
  const { symptoms, checks, fixes } = KNOWLEDGE[name];
  const fill = (text: string): string => fillTemplate(text, random);
  let minute = random.below(1380);
  const later = (): string => {
    minute += 1 + random.below(9);
    return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
  };
  const team = fill('<team>');
  return [
    `# Incident: ${name} on ${fill('<svc>')}`,
    `${later()} Alert: ${fill(random.pick(symptoms))}.`,
    `${later()} On-call of ${team}: ${fill(random.pick(checks))}.`,
    `${later()} Cause: ${fill(random.pick(CAUSES))}.`,
    `${later()} Done: ${fill(random.pick(fixes))}.`,
    `${later()} Recovered. Team ${team} will ${random.pick(FOLLOW_UPS)}.`,
    '',
  ].join('\n');
}
