import { sql, type SQL } from 'drizzle-orm';
import type { Queries } from '#platform/audit.ts';
import type { Skill } from '../curriculum.ts';
import { levelAt, levels, type Level } from '../level.ts';
import { moment } from './moment.ts';
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
  readonly event: 'verdict' | 'lesson-read';
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
  const units = new Map<string, { event: Unit['event']; subject: string; skills: string[] }>();
  const add = (event: Unit['event'], subject: string, skill: string) => {
    const unit = units.get(`${event} ${subject}`) ?? { event, subject, skills: [] };
    units.set(`${event} ${subject}`, unit);
    unit.skills.push(skill);
  };
  for (const { id, labs, lessons } of skills) {
    for (const lab of labs) add('verdict', lab, id);
    for (const lesson of lessons) add('lesson-read', lesson, id);
  }
  return [...units.values()];
}

/**
 * For each account one text, `<unit>:<level>` with commas between. The database sums hundreds of entries
 * of a person up to some dozen; that a unit counts for several skills is left to the caller, because
 * joining it here took longer than all the rest.
 */
function reachedBy(accounts: SQL, units: readonly Unit[]): SQL {
  const at = (level: number) => sql.raw(String(level));
  return sql`WITH people AS MATERIALIZED (${accounts}),
    unit AS MATERIALIZED (
      SELECT * FROM unnest(${sql.param(units.map(({ event }) => event))}::text[],
        ${sql.param(units.map(({ subject }) => subject))}::text[]) WITH ORDINALITY AS u (event, subject, n)
    ),
    reached AS (
      SELECT e.account, unit.n, max(CASE WHEN e.outcome = 'pass' THEN ${at(passed)} ELSE ${at(tried)} END) AS level
      FROM people JOIN progress_entries e USING (account)
      JOIN unit ON unit.event = 'verdict' AND unit.subject = e.subject
      WHERE e.event = 'verdict' AND e.outcome IS NOT NULL
      GROUP BY e.account, unit.n
      UNION ALL
      SELECT v.account, unit.n, ${at(verified)}
      FROM people JOIN (${verifiedPasses}) AS v USING (account)
      JOIN unit ON unit.event = 'verdict' AND unit.subject = v.lab
      UNION ALL
      SELECT e.account, unit.n, ${at(read)}
      FROM people JOIN progress_entries e USING (account)
      JOIN unit ON unit.event = 'lesson-read' AND unit.subject = e.subject
      WHERE e.event = 'lesson-read' AND NOT EXISTS (
        SELECT 1 FROM progress_entries taken
        WHERE taken.account = e.account AND taken.subject = e.subject
          AND taken.event = 'lesson-unread' AND ${moment('taken')} >= ${moment('e')})
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
