import type { Skill } from './curriculum.ts';
import type { Cell } from './db/cells.ts';
import { levelMeanings } from './level.ts';

/** A cell in words: `passed, self-reported: 1 of 2 labs`. */
export function describeCell(cell: Cell | undefined, { labs }: Pick<Skill, 'labs'>): string {
  if (!cell) return levelMeanings.none.name;
  const { name } = levelMeanings[cell.level];
  const isPass = cell.level === 'passed' || cell.level === 'verified';
  return isPass && labs.length > 1 ? `${name}: ${cell.passed} of ${labs.length} labs` : name;
}
