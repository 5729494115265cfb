import { randomBytes } from 'node:crypto';
import { Client } from 'pg';

/** People who were never invited: rows as the site writes them, with the admin's password. */
export interface Seeding {
  /** Makes a team; gives its id. */
  addTeam(name: string): Promise<string>;
  /** Gives each person's id; all sign in with the password of the admin. */
  addPeople(people: readonly SeedPerson[]): Promise<readonly string[]>;
  readonly client: Client;
  close(): Promise<void>;
}

interface SeedPerson {
  readonly email: string;
  readonly name: string;
  readonly role: 'learner' | 'manager';
  /** Id of a team. */
  readonly team: string;
}

/** Opens the database of a site whose admin is the only person so far. */
export async function openSeeding(databaseUrl: string): Promise<Seeding> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  const { rows } = await client.query<{ organisation: string; hash: string }>(
    `SELECT member.organization_id AS organisation, account.password AS hash
       FROM member JOIN account ON account.user_id = member.user_id LIMIT 1`,
  );
  const [admin] = rows;
  if (!admin) throw new Error('The site is not set up.');
  return {
    client,
    addTeam: async (name) => {
      const id = newId();
      await client.query('INSERT INTO team (id, name, organization_id) VALUES ($1, $2, $3)', [
        id,
        name,
        admin.organisation,
      ]);
      return id;
    },
    addPeople: async (people) => {
      const ids: string[] = [];
      for (const person of people) ids.push(await addPerson(client, admin, person));
      return ids;
    },
    close: () => client.end(),
  };
}

async function addPerson(
  client: Client,
  { organisation, hash }: { organisation: string; hash: string },
  { email, name, role, team }: SeedPerson,
): Promise<string> {
  const id = newId();
  const add = (table: string, row: Readonly<Record<string, unknown>>) => {
    const marks = Object.keys(row).map((_, index) => `$${index + 1}`);
    const columns = Object.keys(row).join(', ');
    return client.query(
      `INSERT INTO "${table}" (${columns}) VALUES (${marks.join(', ')})`,
      Object.values(row),
    );
  };
  await add('user', { id, name, email, email_verified: true });
  await add('account', {
    id: newId(),
    account_id: id,
    provider_id: 'credential',
    user_id: id,
    password: hash,
  });
  await add('member', { id: newId(), organization_id: organisation, user_id: id, role });
  await add('team_member', {
    id: newId(),
    team_id: team,
    user_id: id,
    membership_key: `${team}:${id}`,
  });
  return id;
}

function newId(): string {
  return randomBytes(24).toString('base64url');
}
