import { CLASSES, type TriageClass } from '../classes.ts';
import { KNOWLEDGE } from './knowledge.ts';

/** What is wrong with a generated runbook: `form` are breaches of the grammar, `content` are sentences that the class does not know. */
export interface RunbookReport {
  readonly form: readonly string[];
  readonly content: readonly string[];
}

const FORM =
  /^# Runbook: (?<name>[a-z-]+) alert on [a-z-]+\nOwner: (?<owner>[a-z-]+)\. Severity: SEV[123]\.\nSymptom: (?<symptom>[^\n]+)\.\n\n## Check\n(?<checks>(?:\d\. [^\n]+\.\n){2,3})\n## Fix\n(?<fixes>(?:- [^\n]+\.\n){1,2})\nEscalate: page (?<paged>[a-z-]+) after (?:10|15|20|30) minutes\.\n$/;

/**
 * Reads a runbook as the grammar defines it. Form: every part is there, once and in order, steps are numbered from 1
 * and none occurs twice. Content: each sentence comes from a template of the class (what stands in its slots is not
 * judged), and the team that is paged is the owner.
 */
export function checkRunbook(text: string): RunbookReport {
  const parts = FORM.exec(text)?.groups;
  if (!parts) return { form: ['a part is missing, too many or out of order'], content: [] };
  const name = CLASSES.find((candidate) => candidate === parts.name);
  if (!name) return { form: [`there is no class ${parts.name}`], content: [] };
  const steps = linesOf(parts.checks);
  const repairs = linesOf(parts.fixes).map((line) => line.slice('- '.length));
  const checks = steps.map((line) => line.slice('1. '.length));
  return {
    form: [
      ...steps.flatMap((line, index) =>
        line.startsWith(`${index + 1}. `) ? [] : [`step "${line}" has the wrong number`],
      ),
      ...repeated([...checks, ...repairs]).map((line) => `"${line}" stands there twice`),
    ],
    content: [
      ...unknown(name, 'symptoms', [`${parts.symptom}.`]),
      ...unknown(name, 'checks', checks),
      ...unknown(name, 'fixes', repairs),
      ...(parts.owner === parts.paged
        ? []
        : [`${parts.owner} owns it and ${parts.paged} is paged`]),
    ],
  };
}

function linesOf(text = ''): string[] {
  return text.trimEnd().split('\n');
}

function repeated(lines: readonly string[]): string[] {
  return lines.filter((line, index) => lines.indexOf(line) !== index);
}

function unknown(
  name: TriageClass,
  kind: keyof (typeof KNOWLEDGE)[TriageClass],
  lines: readonly string[],
): string[] {
  const known = KNOWLEDGE[name][kind].map(asPattern);
  return lines
    .filter((line) => !known.some((pattern) => pattern.test(line)))
    .map((line) => `"${line}" is not among the ${kind} of ${name}`);
}

/** A slot may hold one word, or two as in "14 minutes". */
function asPattern(template: string): RegExp {
  const source = template
    .replaceAll(/[.()+*?^$]/g, String.raw`\$&`)
    .replaceAll('{', '(?:')
    .replaceAll('}', ')')
    .replaceAll(/<[a-z0-9]+>/g, String.raw`\S+(?: \S+)?`);
  return new RegExp(`^${source}\\.$`);
}
