import type { RowProblem } from '#forms/answer.ts';
import { emailField } from '../forms/fields.ts';
import { roles, type Role } from '../roles.ts';
import { listLines, readCells, type TableLine } from './table-lines.ts';

/** What a table of invitations may name. */
export interface InvitationRules {
  /** The teams that may be named. */
  readonly teams: readonly { readonly id: string; readonly name: string }[];
  /** Addresses with the reason why they cannot be invited. */
  readonly taken: ReadonlyMap<string, string>;
  /** Why an invitation with this role and team may not be made, or null. */
  readonly findFault: (row: { role: Role; team: string | null }) => { message: string } | null;
}

export interface ParsedInvitations {
  readonly good: readonly {
    readonly email: string;
    readonly role: Role;
    readonly team: string | null;
  }[];
  readonly problems: readonly RowProblem[];
}

const columns = ['email', 'role', 'team'] as const;
const mostRows = 1000;

/** Reads a table of `email, role, team` with or without a heading; every bad row is named with its line and repair. */
export function parseInvitations(text: string, rules: InvitationRules): ParsedInvitations {
  const { order, problem, rows } = readHeading(listLines(text));
  if (problem) return { good: [], problems: [problem] };
  if (rows.length === 0)
    return {
      good: [],
      problems: [{ line: 1, found: 'there are no rows', repair: 'write one address per line.' }],
    };
  if (rows.length > mostRows)
    return {
      good: [],
      problems: [
        {
          line: rows[mostRows]?.line ?? 1,
          found: `there are ${rows.length} rows`,
          repair: `send at most ${mostRows} at a time.`,
        },
      ],
    };
  const good: ParsedInvitations['good'][number][] = [];
  const problems: RowProblem[] = [];
  const seen = new Map<string, number>();
  for (const { line, text: written } of rows) {
    const cells = readCells(written);
    if (cells === null) {
      problems.push({ line, ...strayMark });
      continue;
    }
    const value = (column: string) => cells[order.indexOf(column)]?.trim() ?? '';
    const row = readRow(
      { email: value('email'), role: value('role'), team: value('team') },
      rules,
      seen,
    );
    if ('found' in row) problems.push({ line, ...row });
    else good.push(row);
    seen.set(value('email').toLowerCase(), line);
  }
  return { good, problems };
}

const strayMark = {
  found: 'a quotation mark is not closed, or stands inside a value',
  repair: 'close it, or write the value without quotation marks.',
};

function readHeading(rows: readonly TableLine[]): {
  order: readonly string[];
  problem?: RowProblem;
  rows: readonly TableLine[];
} {
  const [first] = rows;
  const cells = readCells(first?.text ?? '') ?? [];
  const names = cells.map((cell) => cell.toLowerCase().replace('e-mail', 'email'));
  if (!first || !names.includes('email')) return { order: columns, rows };
  const unknown = names.find((name) => !columns.some((column) => column === name));
  const rest = rows.slice(1);
  if (unknown === undefined) return { order: names, rows: rest };
  const problem = {
    line: first.line,
    found: `the column "${unknown}" is not known`,
    repair: `use only ${columns.join(', ')}.`,
  };
  return { order: names, problem, rows: rest };
}

function readRow(
  {
    email: written,
    role: roleText,
    team: teamText,
  }: Readonly<Record<(typeof columns)[number], string>>,
  { teams, taken, findFault }: InvitationRules,
  seen: ReadonlyMap<string, number>,
): ParsedInvitations['good'][number] | Omit<RowProblem, 'line'> {
  const address = readAddress(written, taken, seen);
  if ('found' in address) return address;
  const { email } = address;
  const role = roles.find((name) => name === (roleText.toLowerCase() || 'learner'));
  if (!role)
    return {
      found: `"${roleText}" is not a role`,
      repair: `write one of ${roles.join(', ')}, or nothing for learner.`,
    };
  const team = teams.find(({ name }) => name.toLowerCase() === teamText.toLowerCase());
  if (teamText !== '' && !team) return noTeam(teamText, teams);
  const fault = findFault({ role, team: team?.id ?? null });
  if (fault) return { found: `${email} cannot be invited like this`, repair: fault.message };
  return { email, role, team: team?.id ?? null };
}

function noTeam(written: string, teams: InvitationRules['teams']): Omit<RowProblem, 'line'> {
  const names = teams.map(({ name }) => name).join(', ');
  return {
    found: `there is no team "${written}" that you manage`,
    repair:
      names === ''
        ? 'leave the team empty, or make the team first.'
        : `write one of ${names}, or nothing.`,
  };
}

function readAddress(
  written: string,
  taken: InvitationRules['taken'],
  seen: ReadonlyMap<string, number>,
): { readonly email: string } | Omit<RowProblem, 'line'> {
  const email = emailField.safeParse(written);
  if (!email.success)
    return {
      found: written === '' ? 'the address is missing' : `"${written}" is not an e-mail address`,
      repair: 'write an address like name@example.org.',
    };
  const earlier = seen.get(email.data);
  if (earlier !== undefined)
    return { found: `${email.data} is on line ${earlier} too`, repair: 'leave one of the two.' };
  const reason = taken.get(email.data);
  if (reason) return { found: `${email.data} ${reason}`, repair: 'leave the line out.' };
  return { email: email.data };
}
