import { isOutage } from '../failure.ts';
import type { Migration } from './migrations.ts';
import { DatabaseProblem, messageOf } from './problem.ts';

/**
 * Why a statement of a migration failed, for whoever runs the server. What others do to the database
 * meanwhile, or its disk, may pass; what the statement itself asks for does not.
 */
export function explainMigrationFailure(
  { file, statements }: Migration,
  index: number,
  error: unknown,
): DatabaseProblem {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const mayPass = obstacles.has(code) || isOutage(error);
  const statement = (statements[index] ?? '').replaceAll(/\s+/g, ' ').slice(0, 200);
  return new DatabaseProblem(mayPass ? 'passing' : 'lasting', {
    found: `Statement ${index + 1} of ${statements.length} of a migration failed: ${messageOf(error)}${code && ` (${code})`}. Nothing of this migration was applied. The statement: ${statement}`,
    where: file,
    repair: mayPass ? `${repairs[code] ?? elsewhere} ${again}` : lasting,
    cause: error,
  });
}

/** A lock that was not given in time, a deadlock, a transaction that another one got in the way of. */
const obstacles = new Set(['55P03', '40P01', '40001']);

const again = 'It is tried again by itself.';
const elsewhere = 'see that PostgreSQL runs and takes connections.';
const lasting =
  'remove the cause that the message names and start again; until then the release before this one works with this database.';

const repairs: Readonly<Record<string, string>> = {
  '55P03':
    'see who holds the table (SELECT * FROM pg_stat_activity): a backup or a long transaction ends by itself, a session that was forgotten has to be ended.',
  '40P01': 'wait: another transaction was in the way.',
  '40001': 'wait: another transaction was in the way.',
  '53100': 'free space on the disk of the database.',
};
