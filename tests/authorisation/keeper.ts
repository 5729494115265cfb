import type { Client } from 'pg';

/** Remembers every row of a database, says what became different, and puts it back. */
export interface Keeper {
  /** Names of the tables that differ. */
  findChanges(): Promise<string[]>;
  /** Audit rows that came since and that no admin can read, by action. */
  findUnreadable(): Promise<string[]>;
  restore(): Promise<void>;
}

/** Tries are counted and challenges are made whoever asks, and reminders go out every minute; that is no answer to a form. */
const ignored = new Set(['rate_limit', 'verification', 'reminder', 'day2_migration']);

/** Keeps a copy of the schema public in another schema. The client has to be a superuser. */
export async function keepDatabase(client: Client): Promise<Keeper> {
  const { rows } = await client.query<{ name: string; columns: string[]; stored: string[] }>(
    `SELECT c.relname AS name, array_agg(quote_ident(a.attname) ORDER BY a.attnum) AS columns,
       array_agg(quote_ident(a.attname) ORDER BY a.attnum) FILTER (WHERE a.attgenerated = '') AS stored
     FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
     WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'
     GROUP BY c.relname ORDER BY c.relname`,
  );
  const tables = rows.filter(({ name }) => !ignored.has(name));
  await client.query('CREATE SCHEMA kept');
  for (const { name } of tables)
    await client.query(`CREATE TABLE kept."${name}" AS TABLE public."${name}"`);
  const differences = tables.map(({ name, columns }) => {
    // A session that is used is lengthened, and knows which organisation was looked at.
    const compared = name === 'session' ? 'id, user_id' : columns.join(', ');
    const [kept, now] = ['kept', 'public'].map(
      (schema) => `SELECT ${compared} FROM ${schema}."${name}"`,
    );
    return `SELECT '${name}' AS name WHERE EXISTS ((${kept}) EXCEPT (${now})) OR EXISTS ((${now}) EXCEPT (${kept}))`;
  });
  const restoring = tables.map(
    ({ name, stored }) => `DELETE FROM public."${name}";
      INSERT INTO public."${name}" (${stored.join(', ')}) OVERRIDING SYSTEM VALUE
        SELECT ${stored.join(', ')} FROM kept."${name}";`,
  );
  return {
    findChanges: async () => {
      const found = await client.query<{ name: string }>(differences.join(' UNION ALL '));
      return found.rows.map(({ name }) => name);
    },
    findUnreadable: async () => {
      const found = await client.query<{ action: string }>(
        `SELECT action FROM public.audit_log a WHERE organisation IS NULL
           AND NOT EXISTS (SELECT 1 FROM kept.audit_log k WHERE k.id = a.id)`,
      );
      return found.rows.map(({ action }) => action);
    },
    restore: async () => {
      // As a replica, so that no trigger and no reference stands in the way.
      await client.query(`BEGIN; SET LOCAL session_replication_role = replica;
        ${restoring.join('\n')} DELETE FROM public.rate_limit; COMMIT`);
    },
  };
}
