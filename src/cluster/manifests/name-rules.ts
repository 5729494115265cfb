import { goPath } from './go-path.ts';
import type { Path } from '#platform/yaml-document.ts';
import type { Report } from './report.ts';

const SUBDOMAIN = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const LABEL = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const LABEL_1035 = /^[a-z]([-a-z0-9]*[a-z0-9])?$/;

const RULES = {
  subdomain: {
    pattern: SUBDOMAIN,
    length: 253,
    says: "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character",
  },
  label: {
    pattern: LABEL,
    length: 63,
    says: "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character",
  },
  label1035: {
    pattern: LABEL_1035,
    length: 63,
    says: "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character",
  },
} as const;

/** Reports a name that cannot become a part of a DNS name. */
export function checkName(
  name: string | undefined,
  path: Path,
  rule: keyof typeof RULES,
  report: Report,
): void {
  if (name === undefined || name === '') {
    report.error(
      path,
      `${goPath(path)}: Required value: name is required.`,
      'Add a name, for example `name: triage`.',
    );
    return;
  }
  const { pattern, length, says } = RULES[rule];
  if (name.length > length) {
    report.error(
      path,
      `${goPath(path)}: Invalid value: "${name}": must be no more than ${length} characters.`,
      `Shorten it to ${length} characters.`,
    );
  } else if (!pattern.test(name)) {
    report.error(
      path,
      `${goPath(path)}: Invalid value: "${name}": ${says}.`,
      `Write \`${repaired(name)}\`, for example.`,
    );
  }
}

function repaired(name: string): string {
  const clean = name
    .toLowerCase()
    .replace(/[^a-z0-9-]+/g, '-')
    .replace(/^[^a-z]+|-+$/g, '');
  return clean === '' ? 'triage' : clean;
}
