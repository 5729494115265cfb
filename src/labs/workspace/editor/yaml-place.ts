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
  while (first > 0 && !/^---/.test(lines[first] ?? '')) first -= 1;
  let end = at + 1;
  while (end < lines.length && !/^---/.test(lines[end] ?? '')) end += 1;
  return [first, end];
}

function readRow(line: string): Row {
  const match = /^(\s*)((?:- +)*)([\w./-]+)?(?=:(?:\s|$))/.exec(line);
  const lead = /^(\s*)(-(?: +|$))?/.exec(line);
  const dash = lead?.[2] === undefined ? null : (lead[1]?.length ?? 0);
  const indent = (match?.[1]?.length ?? 0) + (match?.[2]?.length ?? 0);
  return { indent, key: match?.[3] ?? null, dash };
}

function blankIndent(line: string, column: number): number {
  const lead = /^\s*(?:- *)?/.exec(line.slice(0, column - 1));
  return lead?.[0].length ?? 0;
}

/** Walks upwards to ever smaller indents. `from` is the row after the parent's. */
function climb(rows: readonly Row[], at: number, indent: number): { path: string[]; from: number } {
  const path: string[] = [];
  let limit = indent;
  let from: number | null = null;
  const own = rows[at]?.dash;
  if (typeof own === 'number') limit = Math.min(limit, own + 1);
  for (let index = at - 1; index >= 0 && limit > 0; index -= 1) {
    const row = rows[index];
    if (!row || row.key === null) continue;
    const isItemStart = row.dash !== null && row.indent === limit;
    if (isItemStart) limit = row.dash + 1;
    else if (row.indent < limit) {
      path.unshift(row.key);
      from ??= index + 1;
      limit = row.dash === null ? row.indent : row.dash + 1;
    }
  }
  return { path, from: from ?? 0 };
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
