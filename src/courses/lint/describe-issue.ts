import type { z } from 'zod';

type Issue = z.core.$ZodIssue;

/** What a schema found, in words for an author. */
export interface DescribedIssue {
  readonly path: readonly PropertyKey[];
  readonly message: string;
  readonly repair: string;
}

/** Puts one zod issue into words: what was found, and what to write instead. */
export function describeIssue(issue: Issue, root: unknown): DescribedIssue[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      path: [...issue.path, key],
      message: `There is no field \`${key}\` here.`,
      repair: 'Remove it, or correct its spelling.',
    }));
  }
  const found = valueAt(root, issue.path);
  return [{ path: issue.path, message: `Found ${show(found)}.`, repair: toRepair(issue, found) }];
}

function toRepair(issue: Issue, found: unknown): string {
  switch (issue.code) {
    case 'invalid_type':
      return found === undefined
        ? `Add it: ${article(issue.expected)}.`
        : `Write ${article(issue.expected)}.`;
    case 'too_small':
      return `Write ${amount(issue.origin)} of at least ${issue.minimum}. ${custom(issue)}`.trim();
    case 'too_big':
      return `Write ${amount(issue.origin)} of at most ${issue.maximum}.`;
    case 'invalid_value':
      return `Use ${listValues(issue.values)}.`;
    case 'invalid_union':
      return `Use ${listValues('options' in issue ? issue.options : [])}.`;
    case 'invalid_format':
      return `Write ${formats[issue.format] ?? issue.message}.`;
    default:
      return `${capitalise(issue.message.replace(/\.$/, ''))}.`;
  }
}

function listValues(values: unknown): string {
  return (values as unknown[]).map((value) => `\`${String(value)}\``).join(', ');
}

const formats: Readonly<Record<string, string>> = {
  url: 'an address that starts with https:// or http://',
  date: 'a date as YYYY-MM-DD',
};

function amount(origin: string): string {
  if (origin === 'string') return 'a text with a length';
  return origin === 'array' ? 'a list with a length' : 'a number';
}

/** A message of ours on a size limit says more than the limit does. */
function custom(issue: Issue): string {
  return issue.message.startsWith('Too ') ? '' : `${capitalise(issue.message.replace(/\.$/, ''))}.`;
}

function article(type: string): string {
  return /^[aeiou]/.test(type) ? `an ${type}` : `a ${type}`;
}

function capitalise(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function valueAt(root: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) => (value as Record<PropertyKey, unknown> | null | undefined)?.[key],
    root,
  );
}

function show(value: unknown): string {
  if (value === undefined) return 'nothing';
  const text = JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
