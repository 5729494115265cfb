import jsTokens from 'js-tokens';
import { readLeaves } from './yaml-leaves.ts';

/**
 * What a file says, as a list of tokens, without what can be changed and means nothing: comments, white
 * space, quotes, the order of keys, the names of identifiers.
 */
export function readTokens(path: string, text: string): readonly string[] {
  return /\.ya?ml$/.test(path) ? readLeaves(path, text) : readCode(text);
}

const meaningless = new Set([
  'WhiteSpace',
  'LineTerminatorSequence',
  'SingleLineComment',
  'MultiLineComment',
]);

function readCode(text: string): string[] {
  const names = new Map<string, string>();
  return [...jsTokens(text)].flatMap(({ type, value }) => {
    if (meaningless.has(type) || value === ';' || value === ',') return [];
    if (type === 'StringLiteral') return [`"${value.slice(1, -1)}"`];
    if (type !== 'IdentifierName' || words.has(value)) return [value];
    // Numbered by first use: a file with every name changed has the same tokens.
    const name = names.get(value) ?? `$${names.size}`;
    names.set(value, name);
    return [name];
  });
}

/** Words of the language, which nobody can rename. */
const words = new Set(
  `as async await break case catch class const continue default do else enum export extends false finally
  for from function if import in instanceof interface let new null of readonly return static super switch
  this throw true try type typeof undefined var void while yield fn loop override struct`.split(
    /\s+/,
  ),
);
