import { Client } from 'pg';
import type { AccountSite } from '../support/account-site.ts';

/** A connection to the database of a site, with every right. */
export async function connect({ ownerUrl }: AccountSite): Promise<Client> {
  const client = new Client({ connectionString: ownerUrl });
  await client.connect();
  return client;
}
