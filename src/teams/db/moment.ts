import { sql, type SQL } from 'drizzle-orm';

/** When an entry counts: a device whose clock is ahead cannot have done it after it told us. */
export function moment(entry: 'e' | 'taken'): SQL {
  return sql.raw(
    `least(coalesce(${entry}.happened::timestamptz, ${entry}.received_at), ${entry}.received_at)`,
  );
}
