import { askers, type Asker } from './cast.ts';

/** One row: what is asked for, and what comes of it for each asker. */
export interface Row {
  /** As it stands in the table. */
  readonly text: string;
  readonly method: 'GET' | 'POST' | 'SEND';
  readonly path: string;
  /** Of a POST: the form's name and fields, in the order of the table. */
  readonly fields: readonly (readonly [string, string])[];
  readonly sees: string | null;
  readonly cells: readonly { readonly asker: Asker; readonly cell: string }[];
}

const cell = /^(\d{3}|see|in|no|ok|out)\+?$/;
/** anonymous, learner, author, manager, admin. */
const groups = [1, 3, 3, 3, 2];

/** Reads the table; throws where a line is neither a request nor the cells of one. */
export function readTable(table: string): Row[] {
  const rows: Row[] = [];
  let open = '';
  for (const line of table.split('\n').slice(2)) {
    if (line.trim() === '') continue;
    // Cells stand in one column, behind the request or below a long one.
    const isWide = line.startsWith(' ');
    const request = isWide ? open : line.slice(0, 57).trim();
    const cells = line.slice(57).trim();
    if (!isWide && (line[56] !== ' ' || !isCells(cells))) {
      open = line.trim();
      continue;
    }
    rows.push(readRow(request, cells));
    open = '';
  }
  return rows;
}

function isCells(text: string): boolean {
  return text.split(/[\s|]+/).every((part) => cell.test(part));
}

function readRow(request: string, cells: string): Row {
  const found = /^(GET|POST|SEND) (\S+)(?: sees (.+)| (\S+))?$/.exec(request);
  if (!found || !isCells(cells))
    throw new Error(`Not a row: "${request}" with the cells "${cells}".`);
  const [, method, path = '', sees, form] = found;
  const [name, ...fields] = (form ?? '').split('&');
  return {
    text: request,
    method: method as Row['method'],
    path,
    sees: sees ?? null,
    fields:
      method === 'POST' ? [['form', name ?? ''], ...new URLSearchParams(fields.join('&'))] : [],
    cells: spread(cells).map((text, index) => ({ asker: askers[index]!, cell: text })),
  };
}

/** One cell stands for all askers, or for all of its group. */
function spread(text: string): string[] {
  const parts = text.split('|').map((part) => part.trim().split(/\s+/));
  if (parts.length === 1 && parts[0]?.length === 1) return askers.map(() => parts[0]![0]!);
  const cells = groups.flatMap((size, index) => {
    const part = parts[index] ?? [];
    return part.length === 1 ? Array.from({ length: size }, () => part[0]!) : part;
  });
  if (cells.length !== askers.length) throw new Error(`Not ${askers.length} cells: "${text}".`);
  return cells;
}
