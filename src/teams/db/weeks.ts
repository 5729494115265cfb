import { sql, type SQL } from 'drizzle-orm';
import type { Queries } from '#platform/audit.ts';
import { activeWeek, labStanding } from '#progress/tables.ts';
import { verifiedPasses } from './verified.ts';

/** What happened in one week, Monday to Sunday in UTC. */
export interface Week {
  /** The Monday. */
  readonly from: Date;
  /** Labs that somebody passed for the first time, by what browsers say. */
  readonly passed: number;
  /** Labs that the server’s grade passed for the first time. */
  readonly verified: number;
  /** People who read or checked something. */
  readonly active: number;
}

interface Row extends Record<string, unknown> {
  from: string;
  passed: string | null;
  verified: string | null;
  active: string | null;
}

/** The last weeks of these people, this one included, the oldest first. */
export async function readWeeks(db: Queries, accounts: SQL, count = 12): Promise<Week[]> {
  const week = (at: SQL) => sql`date_trunc('week', ${at} AT TIME ZONE 'UTC')`;
  const now = sql`now()`;
  const { rows } = await db.execute<Row>(sql`
    WITH people AS MATERIALIZED (${accounts}),
    weeks AS (SELECT generate_series(${week(now)} - make_interval(weeks => ${count - 1}::int), ${week(now)}, '7 days') AS week),
    passed AS (
      SELECT ${week(sql`passed_at`)} AS week, count(*) AS n
      FROM people JOIN ${labStanding} USING (account) WHERE passed_at IS NOT NULL GROUP BY 1
    ),
    verified AS (
      SELECT ${week(sql`at`)} AS week, count(*) AS n FROM (
        SELECT min(v.at) AS at FROM people JOIN (${verifiedPasses}) AS v USING (account) GROUP BY v.account, v.lab
      ) AS first GROUP BY 1
    ),
    active AS (
      SELECT week, count(*) AS n FROM people JOIN ${activeWeek} USING (account) GROUP BY 1
    )
    SELECT to_char(weeks.week, 'YYYY-MM-DD') AS "from", passed.n AS passed, verified.n AS verified, active.n AS active
    FROM weeks LEFT JOIN passed USING (week) LEFT JOIN verified USING (week) LEFT JOIN active USING (week)
    ORDER BY weeks.week`);
  return rows.map(({ from, passed, verified, active }) => ({
    from: new Date(`${from}T00:00:00Z`),
    passed: Number(passed ?? 0),
    verified: Number(verified ?? 0),
    active: Number(active ?? 0),
  }));
}
