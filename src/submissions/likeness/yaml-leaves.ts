import { hash } from './hash.ts';

/** A line that others stand under: a key, or the dash of an item. */
interface Level {
  readonly indent: number;
  readonly isItem: boolean;
  /** Hashed, so that a long key is not repeated in each value under it. */
  readonly place: number;
}

/**
 * Every value of a YAML file with its place, whatever the order of keys, quotes, comments and the style of
 * lists. It goes through the lines once: this runs on the thread that serves people, and there are texts of
 * four kilobytes for which a parser of YAML takes hours. What it does not understand it takes as it stands.
 */
export function readLeaves(path: string, text: string): string[] {
  const root = { indent: -1, isItem: false, place: hash(path) };
  let levels: Level[] = [root];
  const leaves: string[] = [];
  for (const raw of text.split('\n')) {
    const line = withoutComment(raw).trimEnd();
    if (line === '---') levels = [root];
    else if (line !== '') leaves.push(...readLine(line, levels));
  }
  return leaves;
}

/** The values on a line; `levels` is brought to where the next line begins. */
function readLine(line: string, levels: Level[]): string[] {
  let rest = line.trimStart();
  let indent = line.length - rest.length;
  while (rest === '-' || rest.startsWith('- ')) {
    const place = leave(
      levels,
      (top) => top.indent > indent || (top.indent === indent && top.isItem),
    );
    levels.push({ indent, isItem: true, place: within(place, '[]') });
    const after = rest.slice(1).trimStart();
    indent += rest.length - after.length;
    rest = after;
  }
  if (rest === '') return [];
  const [key, value] = splitPair(rest);
  const parent = leave(levels, (top) => top.indent >= indent);
  if (key === null) return listValues(parent, value);
  const place = within(parent, key);
  levels.push({ indent, isItem: false, place });
  return value === '' ? [] : listValues(place, value);
}

/** Goes up as long as it is to be left; gives the place that is reached. */
function leave(levels: Level[], isLeft: (top: Level) => boolean): number {
  let top = levels.at(-1);
  while (top && levels.length > 1 && isLeft(top)) {
    levels.pop();
    top = levels.at(-1);
  }
  return top?.place ?? 0;
}

/** A value, or those of a list or a map that is written in brackets. */
function listValues(place: number, value: string): string[] {
  if (!/^[[{]/.test(value)) return [`${place}=${unquote(value)}`];
  return value.split(/[[\]{},]/).flatMap((part) => {
    if (part.trim() === '') return [];
    const [key, inner] = splitPair(part.trim());
    return [`${within(place, key ?? '[]')}=${unquote(inner)}`];
  });
}

/** `key: value`; without a key where there is none. */
function splitPair(text: string): readonly [key: string | null, value: string] {
  const at = text.indexOf(': ');
  if (at > 0) return [unquote(text.slice(0, at)), text.slice(at + 2).trim()];
  return text.endsWith(':') ? [unquote(text.slice(0, -1)), ''] : [null, text];
}

function within(place: number, name: string): number {
  return hash(`${place}.${name}`);
}

function unquote(text: string): string {
  const [first = ''] = text;
  const isQuoted = text.length > 1 && (first === '"' || first === "'") && text.endsWith(first);
  return isQuoted ? text.slice(1, -1) : text;
}

/** A # in quotes cuts as well: what is behind it says little. */
function withoutComment(line: string): string {
  const at = line.search(/(?:^|\s)#/);
  return at === -1 ? line : line.slice(0, at);
}
