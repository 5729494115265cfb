import type { LabelSelector } from '../manifests/label-selector.ts';
import { KubectlError } from './context.ts';

type Requirement = NonNullable<LabelSelector['matchExpressions']>[number];

/** Reads `app=triage,tier!=web,track in (a,b),canary,!legacy`. Throws `KubectlError`. */
export function parseSelector(text: string): LabelSelector {
  const parts = text.split(/,(?![^(]*\))/).map((part) => part.trim());
  return { matchExpressions: parts.filter((part) => part !== '').map(parseRequirement) };
}

function parseRequirement(text: string): Requirement {
  const set = /^(\S+)\s+(in|notin)\s+\(([^)]*)\)$/.exec(text);
  if (set) {
    const values = (set[3] ?? '').split(',').map((value) => value.trim());
    return { key: set[1] ?? '', operator: set[2] === 'in' ? 'In' : 'NotIn', values };
  }
  const equality = /^([^=!\s]+)\s*(==|=|!=)\s*([^=!\s]*)$/.exec(text);
  if (equality) {
    const operator = equality[2] === '!=' ? 'NotIn' : 'In';
    return { key: equality[1] ?? '', operator, values: [equality[3] ?? ''] };
  }
  const exists = /^(!?)\s*([^=!\s]+)$/.exec(text);
  if (!exists) throw new KubectlError(`error: unable to parse requirement: ${text}`);
  return { key: exists[2] ?? '', operator: exists[1] === '!' ? 'DoesNotExist' : 'Exists' };
}
