import { sql, type SQL } from 'drizzle-orm';
import type { Queries } from '#platform/audit.ts';
import { moment } from './moment.ts';
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
  /** The first of them. */
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
  attempts: string;
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
    SELECT stuck.*, u.name FROM (${stuckOf(accounts, labs)}) AS stuck
    JOIN "user" u ON u.id = stuck.account
    ORDER BY since, name, lab`);
  return rows.map(({ account, name, lab, failed_check: check, attempts, since, last }) => ({
    account,
    name,
    lab,
    check,
    attempts: Number(attempts),
    since: new Date(since),
    last: new Date(last),
  }));
}

/** The same as a query: account, lab, failed_check, attempts, since, last. */
function stuckOf(accounts: SQL, labs: readonly string[]): SQL {
  return sql`
    SELECT account, lab, failed_check, count(*) AS attempts, min(at) AS since, max(at) AS last
    FROM (
      SELECT *, max(at) FILTER (WHERE failed_check IS DISTINCT FROM last_check)
        OVER (PARTITION BY account, lab) AS elsewhere_at
      FROM (
        SELECT account, lab, at, failed_check,
          bool_or(outcome = 'pass') OVER (PARTITION BY account, lab) AS passed,
          first_value(failed_check) OVER (PARTITION BY account, lab ORDER BY at DESC) AS last_check
        FROM (
          SELECT e.account, e.subject AS lab, ${moment('e')} AS at, e.outcome, e.failed_check
          FROM (${accounts}) AS people JOIN progress_entries e USING (account)
          WHERE e.event = 'verdict' AND e.outcome IS NOT NULL
            AND e.subject = ANY(${sql.param([...labs])})
        ) AS attempt
      ) AS seen
      WHERE NOT passed
        AND NOT EXISTS (SELECT 1 FROM (${verifiedPasses}) AS v
          WHERE v.account = seen.account AND v.lab = seen.lab)
    ) AS trail
    WHERE elsewhere_at IS NULL OR at > elsewhere_at
    GROUP BY account, lab, failed_check
    HAVING count(*) >= ${stuckAfter.attempts}
      OR min(at) < now() - make_interval(days => ${stuckAfter.days})`;
}
