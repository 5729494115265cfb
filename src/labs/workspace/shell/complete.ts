/** What completion knows of the cluster. */
export interface Known {
  readonly commands: readonly string[];
  readonly pods: readonly string[];
  readonly deployments: readonly string[];
  readonly services: readonly string[];
}

const VERBS = 'get describe apply delete logs rollout scale'.split(' ');
const KINDS = 'pods deployments services events replicasets endpointslices nodes'.split(' ');
const SEPARATORS = /(?:\|\||&&|[|;&(])\s*/;

/**
 * Words that may stand where the last word of `text` is being typed, other than files. Null when
 * files are what belongs there.
 */
export function completeWord(text: string, known: Known): readonly string[] | null {
  const words = (text.split(SEPARATORS).pop() ?? '').split(/\s+/);
  const word = words.at(-1) ?? '';
  const candidates = words.length <= 1 ? known.commands : candidatesAfter(words, known);
  return candidates && candidates.filter((one) => one.startsWith(word)).toSorted();
}

/** The longest start that all candidates share. */
export function commonPrefix(candidates: readonly string[]): string {
  let prefix = candidates[0] ?? '';
  for (const candidate of candidates) {
    while (!candidate.startsWith(prefix)) prefix = prefix.slice(0, -1);
  }
  return prefix;
}

function candidatesAfter(words: readonly string[], known: Known): readonly string[] | null {
  const [command, verb] = words;
  const word = words.at(-1) ?? '';
  if (command === 'curl' || command === 'load') {
    return word.startsWith('-') ? [] : known.services.map((name) => `http://${name}/`);
  }
  if (command === 'simulate') return ['--seed', '--timeline'];
  if (command !== 'kubectl') return null;
  if (words.length === 2) return VERBS;
  if (words.at(-2) === '-f') return null;
  return afterVerb(verb ?? '', words, known);
}

function afterVerb(verb: string, words: readonly string[], known: Known): readonly string[] | null {
  if (verb === 'logs') return [...known.pods, ...prefixed('deployment', known.deployments)];
  if (verb === 'scale') return prefixed('deployment', known.deployments);
  if (verb === 'rollout') {
    return words.length === 3
      ? ['status', 'restart', 'history', 'undo']
      : prefixed('deployment', known.deployments);
  }
  if (verb === 'apply') return ['-f'];
  return words.length === 3 ? KINDS : namesOf(words[2] ?? '', known);
}

function namesOf(kind: string, known: Known): readonly string[] {
  if (kind.startsWith('po')) return known.pods;
  if (/^(svc|serv)/.test(kind)) return known.services;
  return kind.startsWith('deploy') ? known.deployments : [];
}

function prefixed(kind: string, names: readonly string[]): string[] {
  return names.map((name) => `${kind}/${name}`);
}
