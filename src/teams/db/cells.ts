import { sql, type SQL } from 'drizzle-orm';
import type { Queries } from '#platform/audit.ts';
import { labStanding, lessonStanding } from '#progress/tables.ts';
import type { Skill } from '../curriculum.ts';
import { levelAt, levels, type Level } from '../level.ts';
import { verifiedPasses } from './verified.ts';

/** How far one person came with one skill. */
export interface Cell {
  readonly level: Exclude<Level, 'none'>;
  /** Labs of the skill that they passed, by whatever evidence. */
  readonly passed: number;
}

/** The cells of people by account and skill; what is not in it is at `none`. */
export type Cells = ReadonlyMap<string, ReadonlyMap<string, Cell>>;

/** A lab or lesson that skills rest on. */
interface Unit {
  readonly kind: 'lab' | 'lesson';
  readonly subject: string;
  readonly skills: readonly string[];
}

const read = levels.indexOf('read');
const tried = levels.indexOf('tried');
const passed = levels.indexOf('passed');
const verified = levels.indexOf('verified');

/** Sums up what these people (a query with the column `account`) did for these skills. */
export async function readCells(
  db: Queries,
  accounts: SQL,
  skills: readonly Skill[],
): Promise<Cells> {
  const units = unitsOf(skills);
  if (units.length === 0) return new Map();
  const { rows } = await db.execute<{ account: string; reached: string }>(
    reachedBy(accounts, units),
  );
  return new Map(rows.map(({ account, reached }) => [account, toCells(reached, units)]));
}

function unitsOf(skills: readonly Skill[]): Unit[] {
  const units = new Map<string, { kind: Unit['kind']; subject: string; skills: string[] }>();
  const add = (kind: Unit['kind'], subject: string, skill: string) => {
    const unit = units.get(`${kind} ${subject}`) ?? { kind, subject, skills: [] };
    units.set(`${kind} ${subject}`, unit);
    unit.skills.push(skill);
  };
  for (const { id, labs, lessons } of skills) {
    for (const lab of labs) add('lab', lab, id);
    for (const lesson of lessons) add('lesson', lesson, id);
  }
  return [...units.values()];
}

/**
 * For each account one text, `<unit>:<level>` with commas between. That a unit counts for several skills
 * is left to the caller, because joining it here took longer than all the rest.
 */
function reachedBy(accounts: SQL, units: readonly Unit[]): SQL {
  const at = (level: number) => sql.raw(String(level));
  return sql`WITH people AS MATERIALIZED (${accounts}),
    unit AS MATERIALIZED (
      SELECT * FROM unnest(${sql.param(units.map(({ kind }) => kind))}::text[],
        ${sql.param(units.map(({ subject }) => subject))}::text[]) WITH ORDINALITY AS u (kind, subject, n)
    ),
    reached AS (
      SELECT s.account, unit.n, CASE WHEN s.passed_at IS NULL THEN ${at(tried)} ELSE ${at(passed)} END AS level
      FROM people JOIN ${labStanding} s USING (account)
      JOIN unit ON unit.kind = 'lab' AND unit.subject = s.lab
      UNION ALL
      SELECT v.account, unit.n, ${at(verified)}
      FROM people JOIN (${verifiedPasses}) AS v USING (account)
      JOIN unit ON unit.kind = 'lab' AND unit.subject = v.lab
      UNION ALL
      SELECT s.account, unit.n, ${at(read)}
      FROM people JOIN ${lessonStanding} s USING (account)
      JOIN unit ON unit.kind = 'lesson' AND unit.subject = s.lesson
      WHERE s.read_at IS NOT NULL
    )
    SELECT account, string_agg(n || ':' || level, ',') AS reached FROM reached GROUP BY account`;
}

function toCells(reached: string, units: readonly Unit[]): ReadonlyMap<string, Cell> {
  const best = new Map<Unit, number>();
  for (const part of reached.split(',')) {
    const [n, level] = part.split(':').map(Number);
    const unit = units[(n ?? 0) - 1]!;
    best.set(unit, Math.max(best.get(unit) ?? 0, level ?? 0));
  }
  const cells = new Map<string, { level: number; passed: number }>();
  for (const [{ skills }, level] of best)
    for (const skill of skills) {
      const cell = cells.get(skill) ?? { level: 0, passed: 0 };
      cell.level = Math.max(cell.level, level);
      if (level >= passed) cell.passed += 1;
      cells.set(skill, cell);
    }
  return new Map(
    [...cells].map(([skill, cell]) => [
      skill,
      { level: levelAt(cell.level) as Cell['level'], passed: cell.passed },
    ]),
  );
}
