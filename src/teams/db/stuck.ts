import { sql, type SQL } from 'drizzle-orm';
import type { Queries } from '#platform/audit.ts';
import { labStanding } from '#progress/tables.ts';
import { verifiedPasses } from './verified.ts';

/** Somebody whose attempts at a lab keep ending at the same check. */
export interface Stuck {
  readonly account: string;
  readonly name: string;
  readonly lab: string;
  /** Id of the check; null where no check of the verdict failed. */
  readonly check: string | null;
  /** Attempts in a row that ended there. */
  readonly attempts: number;
  /** The first of them, and not before the account was there: a device's clock may say 1970. */
  readonly since: Date;
  /** The newest of them. */
  readonly last: Date;
}

/** So many attempts in a row that end at one check, or as many days since the first of them. */
const stuckAfter = { attempts: 3, days: 3 } as const;

interface Row extends Record<string, unknown> {
  account: string;
  name: string;
  lab: string;
  failed_check: string | null;
  attempts: number;
  since: string;
  last: string;
}

/** Who is stuck in which of these labs, the longest first. */
export async function listStuck(
  db: Queries,
  accounts: SQL,
  labs: readonly string[],
): Promise<Stuck[]> {
  const { rows } = await db.execute<Row>(sql`
    SELECT u.id AS account, u.name, s.lab, s.failed_check, s.attempts, begun.since,
      greatest(s.last, begun.since) AS last
    FROM (${accounts}) AS people JOIN ${labStanding} s USING (account) JOIN "user" u ON u.id = s.account,
      LATERAL (SELECT greatest(s.since, u.created_at) AS since) AS begun
    WHERE s.passed_at IS NULL AND s.lab = ANY(${sql.param([...labs])})
      AND (s.attempts >= ${stuckAfter.attempts} OR begun.since < now() - make_interval(days => ${stuckAfter.days}))
      AND NOT EXISTS (SELECT 1 FROM (${verifiedPasses}) AS v WHERE v.account = s.account AND v.lab = s.lab)
    ORDER BY begun.since, u.name, s.lab`);
  return rows.map(({ account, name, lab, failed_check: check, attempts, since, last }) => ({
    account,
    name,
    lab,
    check,
    attempts,
    since: new Date(since),
    last: new Date(last),
  }));
}
