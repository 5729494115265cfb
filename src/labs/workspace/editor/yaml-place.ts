export interface YamlPlace {
  /** The document's `kind`, or the empty string. */
  readonly kind: string;
  /** Names of the fields that the line stands in, outermost first. */
  readonly path: readonly string[];
  /** The field named on the line itself, or null. */
  readonly field: string | null;
  /** Fields that already stand beside it. */
  readonly siblings: readonly string[];
}

interface Row {
  /** Column of the key, after any `- `. */
  readonly indent: number;
  readonly key: string | null;
  /** Column of the dash when the row starts a list item. */
  readonly dash: number | null;
}

/** Where a line stands in its YAML document, by indentation: works while the text cannot be parsed yet. */
export function findYamlPlace(text: string, lineNumber: number, column: number): YamlPlace {
  const lines = text.split('\n');
  const at = lineNumber - 1;
  const [first, end] = documentAround(lines, at);
  const rows = lines.slice(first, end).map(readRow);
  const own = rows[at - first];
  const isBlank = !own || own.key === null;
  const indent = isBlank ? blankIndent(lines[at] ?? '', column) : own.indent;
  const { path, from } = climb(rows, at - first, indent);
  return {
    kind: /^kind:\s*(\S+)/m.exec(lines.slice(first, end).join('\n'))?.[1] ?? '',
    path,
    field: own?.key ?? null,
    siblings: siblingsOf(rows, from, indent, at - first),
  };
}

function documentAround(lines: readonly string[], at: number): [number, number] {
  let first = at;
  while (first > 0 && !lines[first]?.startsWith('---')) first -= 1;
  let end = at + 1;
  while (end < lines.length && !lines[end]?.startsWith('---')) end += 1;
  return [first, end];
}

function readRow(line: string): Row {
  const [, lead = '', dashes = ''] = /^(\s*)((?:-(?: +|$))*)/.exec(line) ?? [];
  const indent = lead.length + dashes.length;
  const key = /^([\w./-]+):(?:\s|$)/.exec(line.slice(indent))?.[1] ?? null;
  return { indent, key, dash: dashes === '' ? null : lead.length };
}

function blankIndent(line: string, column: number): number {
  const lead = /^\s*(?:- *)?/.exec(line.slice(0, column - 1));
  return lead?.[0].length ?? 0;
}

/** Walks upwards to ever smaller indents. `from` is the row after the parent's. */
function climb(rows: readonly Row[], at: number, indent: number): { path: string[]; from: number } {
  const path: string[] = [];
  const own = rows[at]?.dash ?? null;
  let limit = own === null ? indent : Math.min(indent, own + 1);
  let from = 0;
  for (const [index, row] of [...rows.entries()].slice(0, at).toReversed()) {
    if (row.key === null || row.indent > limit || limit === 0) continue;
    if (row.indent < limit) {
      path.unshift(row.key);
      if (path.length === 1) from = index + 1;
    }
    limit = outside(row);
  }
  return { path, from };
}

/** Parents of this row stand left of this column: of its dash, when it begins a list item. */
function outside({ indent, dash }: Row): number {
  return dash === null ? indent : dash + 1;
}

function siblingsOf(rows: readonly Row[], from: number, indent: number, at: number): string[] {
  const names: string[] = [];
  for (let index = from; index < rows.length; index += 1) {
    const row = rows[index];
    if (!row || row.key === null || index === at) continue;
    if (row.indent < indent) break;
    if (row.dash !== null && row.indent === indent) {
      if (index > at) break;
      names.length = 0;
    }
    if (row.indent === indent) names.push(row.key);
  }
  return names;
}
