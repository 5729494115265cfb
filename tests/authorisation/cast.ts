import { hashPassword } from 'better-auth/crypto';
import type { Client } from 'pg';
import { seedVerdict } from './seed-verdict.ts';

/** Somebody who asks. */
export interface Asker {
  readonly who: string;
  /** Null for somebody who is not signed in. */
  readonly id: string | null;
}

/** In the order of the table's cells. */
export const askers: readonly Asker[] = [
  { who: 'anonymous', id: null },
  { who: 'learner, own team', id: 'lea' },
  { who: 'learner, other team', id: 'doug' },
  { who: 'learner, other organisation', id: 'bess' },
  { who: 'author, own team', id: 'otto' },
  { who: 'author, other team', id: 'dina' },
  { who: 'author, other organisation', id: 'bo' },
  { who: 'manager, own team', id: 'mona' },
  { who: 'manager, other team', id: 'dora' },
  { who: 'manager, other organisation', id: 'bill' },
  { who: 'admin', id: 'ada' },
  { who: 'admin, other organisation', id: 'bob' },
];

export const password = 'four words are enough';

export function emailOf(id: string): string {
  return `${id}@${contoso.has(id) ? 'contoso' : 'north'}.example`;
}

const contoso = new Set(['bess', 'bo', 'bill', 'bob', 'bert']);

/** Id, role and team. `liv` and `dan` are asked about, and `bert` of the other organisation. */
const people = [
  ['ada', 'admin', null],
  ['lea', 'learner', 'platform'],
  ['liv', 'learner', 'platform'],
  ['otto', 'author', 'platform'],
  ['mona', 'manager', 'platform'],
  ['doug', 'learner', 'data'],
  ['dan', 'learner', 'data'],
  ['dina', 'author', 'data'],
  ['dora', 'manager', 'data'],
  ['bob', 'admin', null],
  ['bess', 'learner', 'contoso-team'],
  ['bert', 'learner', 'contoso-team'],
  ['bo', 'author', 'contoso-team'],
  ['bill', 'manager', 'contoso-team'],
] as const;

const content = {
  title: 'Path of Northwind',
  summary: 'What everybody at Northwind does first.',
  items: [
    {
      kind: 'lab',
      id: 'l06-first-service',
      title: 'First service',
      optional: false,
      after: [],
      units: [{ kind: 'lab', id: 'l06-first-service', title: 'First service', minutes: 20 }],
    },
  ],
};

/** Fills the database of a site: two organisations, three teams, what belongs to them. */
export async function seed(client: Client): Promise<void> {
  const hash = await hashPassword(password);
  await client.query(`INSERT INTO organization (id, name, slug, created_at) VALUES
    ('north', 'Northwind', 'north', '2026-01-01'), ('contoso', 'Contoso', 'contoso', '2026-01-02')`);
  await client.query(`INSERT INTO team (id, name, organization_id) VALUES
    ('platform', 'Platform', 'north'), ('data', 'Data', 'north'), ('contoso-team', 'Billing', 'contoso')`);
  for (const [id, role, team] of people) {
    const place = contoso.has(id) ? 'contoso' : 'north';
    const name = id === 'liv' ? 'Liv Berg' : `Person ${id}`;
    await client.query(
      'INSERT INTO "user" (id, name, email, email_verified) VALUES ($1, $2, $3, true)',
      [id, name, emailOf(id)],
    );
    await client.query(
      `INSERT INTO account (id, account_id, provider_id, user_id, password) VALUES ($1, $1, 'credential', $1, $2)`,
      [id, hash],
    );
    await client.query(
      'INSERT INTO member (id, organization_id, user_id, role) VALUES ($1, $2, $1, $3)',
      [id, place, role],
    );
    if (team)
      await client.query('INSERT INTO team_member (id, team_id, user_id) VALUES ($1, $2, $1)', [
        id,
        team,
      ]);
  }
  await seedBelongings(client);
  await seedVerdict(client);
}

async function seedBelongings(client: Client): Promise<void> {
  await client.query(`INSERT INTO session (id, token, user_id, expires_at)
    VALUES ('session-of-liv', 'token-of-liv', 'liv', '2099-01-01')`);
  await client.query(`INSERT INTO passkey (id, name, public_key, user_id, credential_id, counter, device_type, backed_up)
    VALUES ('passkey-of-liv', 'Key', 'none', 'liv', 'none', 0, 'singleDevice', false)`);
  await client.query(`INSERT INTO invitation (id, organization_id, email, role, team_id, status, expires_at, inviter_id)
    VALUES ('invitation-into-platform', 'north', 'ines@north.example', 'learner', 'platform', 'pending', '2099-01-01', 'ada'),
      ('invitation-into-contoso', 'contoso', 'ivo@contoso.example', 'learner', 'contoso-team', 'pending', '2099-01-01', 'bob')`);
  await client.query(
    `INSERT INTO path (id, organization_id, created_by) VALUES ('path-of-north', 'north', 'ada')`,
  );
  await client.query(
    `INSERT INTO path_version (path_id, version, organization_id, content, source, published_by)
      VALUES ('path-of-north', 1, 'north', $1, '- lab: l06-first-service', 'ada')`,
    [JSON.stringify(content)],
  );
  await client.query(`INSERT INTO assignment (id, organization_id, path_id, path_version, note, starts_local, due_local,
      zone, starts_at, due_at, late, optional, created_by)
    VALUES ('for-platform', 'north', 'path-of-north', 1, '', '2026-01-01', '2099-01-01', 'UTC',
      '2026-01-01', '2099-01-01T23:59:59.999Z', 'accept', '[]', 'ada')`);
  await client.query(
    `INSERT INTO assignment_target (assignment_id, team_id) VALUES ('for-platform', 'platform')`,
  );
}
