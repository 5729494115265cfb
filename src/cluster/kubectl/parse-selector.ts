import type { LabelSelector } from '../manifests/label-selector.ts';
import { KubectlError } from './context.ts';

type Requirement = NonNullable<LabelSelector['matchExpressions']>[number];

/** Reads `app=triage,tier!=web,track in (a,b),canary,!legacy`. Throws `KubectlError`. */
export function parseSelector(text: string): LabelSelector {
  const parts = text.split(/,(?![^(]*\))/).map((part) => part.trim());
  return { matchExpressions: parts.filter((part) => part !== '').map(parseRequirement) };
}

const SET = /^(?<key>\S+)\s+(?<word>in|notin)\s+\((?<list>[^)]*)\)$/;
const EQUALITY = /^(?<key>[^=!\s]+)\s*(?<sign>==|=|!=)\s*(?<value>[^=!\s]*)$/;
const EXISTENCE = /^(?<not>!?)\s*(?<key>[^=!\s]+)$/;

function parseRequirement(text: string): Requirement {
  const set = SET.exec(text)?.groups as Record<'key' | 'word' | 'list', string> | undefined;
  if (set) {
    const values = set.list.split(',').map((value) => value.trim());
    return { key: set.key, operator: set.word === 'in' ? 'In' : 'NotIn', values };
  }
  const equal = EQUALITY.exec(text)?.groups as Record<'key' | 'sign' | 'value', string> | undefined;
  if (equal)
    return {
      key: equal.key,
      operator: equal.sign === '!=' ? 'NotIn' : 'In',
      values: [equal.value],
    };
  const exists = EXISTENCE.exec(text)?.groups as Record<'not' | 'key', string> | undefined;
  if (!exists) throw new KubectlError(`error: unable to parse requirement: ${text}`);
  return { key: exists.key, operator: exists.not === '!' ? 'DoesNotExist' : 'Exists' };
}
