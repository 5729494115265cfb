import jsTokens from 'js-tokens';
import { parseAllDocuments } from 'yaml';

/**
 * What a file says, as a list of tokens, without what can be changed and means nothing: comments, white
 * space, quotes, the order of keys, the names of identifiers.
 */
export function readTokens(path: string, text: string): readonly string[] {
  if (/\.ya?ml$/.test(path)) return readLeaves(path, text) ?? readCode(text);
  return readCode(text);
}

/** Every value of a YAML file with its place, sorted; null where it is none that can be read. */
function readLeaves(path: string, text: string): string[] | null {
  const documents = parseDocuments(text);
  return documents?.flatMap((document) => listLeaves(document, path)).toSorted() ?? null;
}

function parseDocuments(text: string): unknown[] | null {
  try {
    const documents = parseAllDocuments(text, { logLevel: 'silent' });
    if (!Array.isArray(documents) || documents.some(({ errors }) => errors.length > 0)) return null;
    return documents.map((document) => document.toJS({ maxAliasCount: 100 }) as unknown);
  } catch {
    // Aliases that multiply, or nested beyond the stack: then it is read as code.
    return null;
  }
}

function listLeaves(value: unknown, place: string): string[] {
  // The place in a list means little: what was inserted before must not change all after it.
  if (Array.isArray(value)) return value.flatMap((each) => listLeaves(each, `${place}[]`));
  if (typeof value === 'object' && value !== null)
    return Object.entries(value).flatMap(([key, each]) => listLeaves(each, `${place}.${key}`));
  return [`${place}=${String(value)}`];
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
