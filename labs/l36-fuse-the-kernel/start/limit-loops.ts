/** Turns of one loop, each time that it is entered, after which it is taken for endless. */
export const MOST_TURNS = 100_000;

/**
 * The shader with a limit in every loop: beyond it the loop tells its line to `report` and is left. A device cannot
 * be taken back from a shader that does not end; on a software adapter it stays lost until the browser is restarted.
 * Lines stay where they are. The counters are variables of the function, so that loops with barriers stay uniform.
 */
export function limitLoops(text: string, prefix: string): string {
  const code = withoutComments(text);
  const inserts: { readonly at: number; readonly what: string }[] = [];
  for (const { index, 0: word } of code.matchAll(/\b(?:for|while|loop)\b/g)) {
    const body = findBody(code, index + word.length);
    if (body < 0) continue;
    const turns = `${prefix}turns_${inserts.length}`;
    const line = code.slice(0, index).split('\n').length;
    inserts.push({ at: index, what: `var ${turns} = 0u; ` });
    const limit = `${turns}++; if (${turns} > ${MOST_TURNS}u) { ${prefix}report(${line}u); break; }`;
    inserts.push({ at: body + 1, what: ` ${limit}` });
  }
  return inserts
    .toSorted((one, other) => other.at - one.at)
    .reduce((limited, { at, what }) => limited.slice(0, at) + what + limited.slice(at), text);
}

/** The brace that opens the body: the first one after the brackets of a `for`, or the first one at all. */
function findBody(code: string, from: number): number {
  let depth = 0;
  for (let at = from; at < code.length; at += 1) {
    const sign = code[at];
    if (sign === '(') depth += 1;
    else if (sign === ')') depth -= 1;
    else if (sign === '{' && depth === 0) return at;
  }
  return -1;
}

/** The same text with blanks for comments, which may be nested. */
function withoutComments(text: string): string {
  let code = '';
  let depth = 0;
  for (let at = 0; at < text.length;) {
    const two = text.slice(at, at + 2);
    if (depth === 0 && two === '//') {
      const end = text.indexOf('\n', at);
      const length = (end < 0 ? text.length : end) - at;
      code += ' '.repeat(length);
      at += length;
    } else if (two === '/*' || (depth > 0 && two === '*/')) {
      depth += two === '/*' ? 1 : -1;
      code += '  ';
      at += 2;
    } else {
      const sign = text[at] ?? '';
      code += depth > 0 && sign !== '\n' ? ' ' : sign;
      at += 1;
    }
  }
  return code;
}
