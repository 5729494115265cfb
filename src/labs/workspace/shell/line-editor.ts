/** The line being typed. The cursor counts UTF-16 units from its start. */
export interface Line {
  readonly text: string;
  readonly cursor: number;
}

type LineAction = 'submit' | 'interrupt' | 'clear' | 'complete' | 'older' | 'newer' | 'leave';

export interface KeyResult {
  readonly line: Line;
  readonly action: LineAction | null;
}

export const EMPTY_LINE: Line = { text: '', cursor: 0 };

// oxlint-disable-next-line no-control-regex -- keys arrive as escape sequences
const TOKEN = /\x1b\[[0-9;]*[A-Za-z~]|\x1bO[A-Z]|\x1b[a-z\x7f]|\x1b|\r\n?|[\s\S]/gu;

/** Splits what the terminal sent (keys, or a whole paste) into single keys. */
export function splitKeys(data: string): string[] {
  return data.match(TOKEN) ?? [];
}

/** Applies one key to the line, as readline's emacs mode does. Unknown keys change nothing. */
export function applyKey(line: Line, key: string): KeyResult {
  const action = ACTIONS[key];
  if (action) return { line, action };
  const edit = EDITS[key];
  if (edit) return { line: edit(line), action: null };
  if (key === '\n') return { line, action: 'submit' };
  if (key.startsWith('\x1b') || key < ' ') return { line, action: null };
  return { line: insert(line, key), action: null };
}

/** Puts text in at the cursor. */
export function insert({ text, cursor }: Line, added: string): Line {
  return {
    text: text.slice(0, cursor) + added + text.slice(cursor),
    cursor: cursor + added.length,
  };
}

const ACTIONS: Readonly<Record<string, LineAction>> = {
  '\r': 'submit',
  '\r\n': 'submit',
  '\x03': 'interrupt',
  '\x0c': 'clear',
  '\t': 'complete',
  '\x1b[A': 'older',
  '\x1bOA': 'older',
  '\x10': 'older',
  '\x1b[B': 'newer',
  '\x1bOB': 'newer',
  '\x0e': 'newer',
  '\x1b': 'leave',
};

const EDITS: Readonly<Record<string, (line: Line) => Line>> = {
  '\x7f': (line) => cut(line, stepLeft(line), line.cursor),
  '\b': (line) => cut(line, stepLeft(line), line.cursor),
  '\x1b[3~': (line) => cut(line, line.cursor, stepRight(line)),
  '\x04': (line) => cut(line, line.cursor, stepRight(line)),
  '\x15': (line) => cut(line, 0, line.cursor),
  '\x0b': (line) => cut(line, line.cursor, line.text.length),
  '\x17': (line) => cut(line, wordLeft(line), line.cursor),
  '\x1b\x7f': (line) => cut(line, wordLeft(line), line.cursor),
  '\x1bd': (line) => cut(line, line.cursor, wordRight(line)),
  '\x1b[D': (line) => ({ ...line, cursor: stepLeft(line) }),
  '\x1bOD': (line) => ({ ...line, cursor: stepLeft(line) }),
  '\x02': (line) => ({ ...line, cursor: stepLeft(line) }),
  '\x1b[C': (line) => ({ ...line, cursor: stepRight(line) }),
  '\x1bOC': (line) => ({ ...line, cursor: stepRight(line) }),
  '\x06': (line) => ({ ...line, cursor: stepRight(line) }),
  '\x1b[1;5D': (line) => ({ ...line, cursor: wordLeft(line) }),
  '\x1bb': (line) => ({ ...line, cursor: wordLeft(line) }),
  '\x1b[1;5C': (line) => ({ ...line, cursor: wordRight(line) }),
  '\x1bf': (line) => ({ ...line, cursor: wordRight(line) }),
  '\x01': (line) => ({ ...line, cursor: 0 }),
  '\x1b[H': (line) => ({ ...line, cursor: 0 }),
  '\x1bOH': (line) => ({ ...line, cursor: 0 }),
  '\x05': (line) => ({ ...line, cursor: line.text.length }),
  '\x1b[F': (line) => ({ ...line, cursor: line.text.length }),
  '\x1bOF': (line) => ({ ...line, cursor: line.text.length }),
};

function cut({ text }: Line, from: number, to: number): Line {
  return { text: text.slice(0, from) + text.slice(to), cursor: from };
}

function stepLeft({ text, cursor }: Line): number {
  const isPair = cursor > 1 && (text.codePointAt(cursor - 2) ?? 0) > 0xffff;
  return Math.max(0, cursor - (isPair ? 2 : 1));
}

function stepRight({ text, cursor }: Line): number {
  const isPair = (text.codePointAt(cursor) ?? 0) > 0xffff;
  return Math.min(text.length, cursor + (isPair ? 2 : 1));
}

function wordLeft({ text, cursor }: Line): number {
  return text.slice(0, cursor).search(/\S+\s*$/) === -1
    ? 0
    : text.slice(0, cursor).search(/\S+\s*$/);
}

function wordRight({ text, cursor }: Line): number {
  const match = /^\s*\S+/.exec(text.slice(cursor));
  return cursor + (match?.[0].length ?? 0);
}
