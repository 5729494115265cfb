import { Client } from 'pg';
import type { AccountSite } from '../support/account-site.ts';

/** A connection to the database of a site, with every right. */
export async function connect({ databaseUrl }: AccountSite): Promise<Client> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  return client;
}
