import { expect, test } from '@playwright/test';
import type { Client } from 'pg';
import { ask, signIn, siteUrl } from '../authorisation/ask.ts';
import { askers, emailOf, password, seed } from '../authorisation/cast.ts';
import { connect } from '../authorisation/connect.ts';
import { readTable } from '../authorisation/read-table.ts';
import { table } from '../authorisation/table.ts';
import { openAccountSite, type AccountSite } from '../support/account-site.ts';

test.describe.configure({ mode: 'serial' });

const rows = readTable(table);
const anonymous = askers.find(({ id }) => id === null)!;
const admin = askers.find(({ id }) => id === 'ada')!;
const token = 'marked-token-in-a-query';
let site: AccountSite;
let client: Client;
let cookie: string;
/** None of these may be in the log. */
let secrets: string[];

test.beforeAll(async () => {
  // Nobody listens for mails, so that each of them fails; and everything is logged.
  site = await openAccountSite({
    DAY2_LOG: 'debug',
    DAY2_URL: siteUrl,
    DAY2_SMTP_URL: 'smtp://mailer:marked-mail-password@127.0.0.1:1',
    DAY2_METRICS_TOKEN: 'marked-metrics-token',
  });
  client = await connect(site);
  await seed(client);
  cookie = await signIn(site.url, emailOf('ada'));
  const { rows: sessions } = await client.query<{ token: string }>('SELECT token FROM session');
  const { rows: hashes } = await client.query<{ password: string }>('SELECT password FROM account');
  secrets = [
    password,
    token,
    'marked-mail-password',
    'marked-metrics-token',
    'marked name',
    'a-wrong-one',
    'another long password',
    'invitation-into-platform',
    '@north.example',
    'AAAA-BBBB-CCCC',
    ...cookie.split('; ').map((pair) => pair.slice(pair.indexOf('=') + 1, 60)),
    ...sessions.map((session) => session.token),
    ...hashes.map((account) => account.password),
  ];
});

test.afterAll(async () => {
  await client?.end();
  await site?.close();
});

/** Sends every row of the table with marked values, as an admin and as nobody. */
async function sendAll(): Promise<void> {
  for (const row of rows) {
    const path = row.path + (row.path.includes('?') ? '&' : '?') + `token=${token}`;
    const fields = row.fields.map(([name, value]) =>
      name === 'name' ? ([name, 'marked name'] as const) : ([name, value] as const),
    );
    const marked = { ...row, path: path.replace('/none/', '/marked-token-in-a-query/'), fields };
    await ask(site.url, marked, anonymous, undefined);
    if (fields[0]?.[1] !== 'sign-out' && fields[0]?.[1] !== 'delete')
      await ask(site.url, marked, admin, cookie);
  }
}

function expectNoSecret(): void {
  const found = site.lines.flatMap((line) =>
    secrets
      .filter((secret) => line.includes(secret))
      .map((secret) => `${secret}: ${line.slice(0, 400)}`),
  );
  expect(found).toEqual([]);
}

test('no form and no address leaves a secret in the log', async () => {
  test.setTimeout(180_000);
  await sendAll();
  expect(site.lines.length).toBeGreaterThan(rows.length);
  expect(site.lines.some((line) => line.includes('an invitation was not mailed'))).toBe(true);
  expect(site.lines.some((line) => line.includes('"path":"/invitation/…/"'))).toBe(true);
  expectNoSecret();
});

test('nor do queries that fail, and page and log name the same request', async () => {
  test.setTimeout(180_000);
  await client.query('ALTER TABLE "user" RENAME COLUMN email TO gone');
  const id = 'request-0123456789';
  const response = await fetch(`${site.url}/sign-in/`, {
    method: 'POST',
    body: new URLSearchParams({ form: 'link', email: emailOf('lea') }),
    headers: { 'x-request-id': id },
  });
  expect(response.status).toBe(500);
  expect(await response.text()).toContain(id);
  await sendAll();
  const told = site.lines
    .filter((line) => line.includes(id))
    .map((line) => JSON.parse(line) as unknown);
  expect(told).toContainEqual(
    expect.objectContaining({ id, msg: expect.stringContaining('does not exist') as unknown }),
  );
  expect(told).toContainEqual(expect.objectContaining({ id, status: 500, path: '/sign-in/' }));
  const nameless = site.lines.filter(
    (line) => line.includes('Failed query') && !line.includes('"id":'),
  );
  expect(nameless).toEqual([]);
  expectNoSecret();
});
