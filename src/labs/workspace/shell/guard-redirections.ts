/** The command that `guardRedirections` puts before a redirected one: `MAY_WRITE FILE...`. */
export const MAY_WRITE = '__may_write';

const WRITES = new Set(['>', '>>', '>|', '&>', '&>>', '<>']);

type Node = Record<string, unknown>;

/**
 * Puts `MAY_WRITE FILE` before every command of a parsed script that writes to a file named in plain
 * words, because just-bash gives up the whole line when a file cannot be opened for writing.
 */
export function guardRedirections<T>(node: T): T {
  if (Array.isArray(node)) return node.map((one) => guardRedirections<unknown>(one)) as T;
  if (!isNode(node)) return node;
  const guarded: Node = {};
  for (const [key, value] of Object.entries(node)) guarded[key] = guardRedirections(value);
  const targets = targetsOf(guarded);
  return (targets.length > 0 ? afterCheck(guarded, targets) : guarded) as T;
}

function targetsOf({ type, redirections }: Node): readonly Node[] {
  if (!Array.isArray(redirections) || type === 'FunctionDef') return [];
  return redirections
    .filter(isNode)
    .filter(({ operator }) => WRITES.has(String(operator)))
    .flatMap(({ target }) => (isPlain(target) ? [target] : []));
}

/** A word that can be read twice without doing anything twice. */
function isPlain(word: unknown): word is Node {
  if (!isNode(word) || !Array.isArray(word['parts'])) return false;
  return word['parts'].every(
    (part) =>
      isNode(part) &&
      (['Literal', 'SingleQuoted', 'Escaped', 'TildeExpansion'].includes(String(part['type'])) ||
        (part['type'] === 'DoubleQuoted' && isPlain(part))),
  );
}

/** `{ MAY_WRITE FILE && command; }` */
function afterCheck(command: Node, targets: readonly Node[]): Node {
  const name = { type: 'Word', parts: [{ type: 'Literal', value: MAY_WRITE }] };
  const check = { type: 'SimpleCommand', assignments: [], name, args: targets, redirections: [] };
  const pipelines = [check, command].map((one) => ({
    type: 'Pipeline',
    commands: [one],
    negated: false,
  }));
  const statement = { type: 'Statement', pipelines, operators: ['&&'], background: false };
  return { type: 'Group', body: [statement], redirections: [] };
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
