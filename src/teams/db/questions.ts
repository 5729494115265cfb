import { sql, type SQL } from 'drizzle-orm';
import { user } from '#accounts/tables.ts';
import type { Queries } from '#platform/audit.ts';
import { submission } from '#submissions/tables.ts';
import { accountsOf, type Whose } from './people.ts';

/** What was sent so long ago was talked over, or never will be; and a page waits for the comparison. */
const lookedAt = { days: 30, submissions: 50 } as const;

/** Ids of what these people sent last, one for each person and lab, the newest first. */
export async function listNewestSent(
  db: Queries,
  accounts: SQL,
  labs: readonly string[],
): Promise<string[]> {
  const { rows } = await db.execute<{ id: string }>(sql`
    SELECT id FROM (
      SELECT DISTINCT ON (s.user_id, s.lab) s.id, s.submitted_at
      FROM (${accounts}) AS people JOIN ${submission} s ON s.user_id = people.account
      WHERE s.lab = ANY(${sql.param([...labs])})
        AND s.submitted_at > now() - make_interval(days => ${lookedAt.days})
      ORDER BY s.user_id, s.lab, s.submitted_at DESC
    ) AS latest ORDER BY submitted_at DESC, id LIMIT ${lookedAt.submissions}`);
  return rows.map(({ id }) => id);
}

/** Whose a submission is. */
export interface Sender {
  readonly account: string;
  readonly name: string;
  /** Id of the entry with the browser's verdict; null where no device synced it so far. */
  readonly attempt: string | null;
}

/** Where what was sent is looked at, or its sender where that is not known here. */
export function addressOf({ account, attempt }: Sender): string {
  return attempt ? `/team/${account}/${attempt}/` : `/team/${account}/`;
}

/** The senders by submission, where they are among the people or are `self`. */
export async function listSenders(
  db: Queries,
  whose: Whose,
  self: string,
  submissions: readonly string[],
): Promise<ReadonlyMap<string, Sender>> {
  const { rows } = await db.execute<Sender & { submission: string } & Record<string, unknown>>(sql`
    SELECT s.id AS submission, u.id AS account, u.name, (
      SELECT e.id FROM progress_entries e
      WHERE e.account = s.user_id AND e.event = 'verdict' AND e.subject = s.lab
        AND e.content->'payload'->>'id' = s.verdict_id::text LIMIT 1) AS attempt
    FROM ${submission} s JOIN ${user} u ON u.id = s.user_id
    WHERE s.id = ANY(${sql.param([...submissions])}::uuid[])
      AND (u.id = ${self} OR u.id IN (${accountsOf(whose)}))`);
  return new Map(
    rows.map(({ submission: id, account, name, attempt }) => [id, { account, name, attempt }]),
  );
}
