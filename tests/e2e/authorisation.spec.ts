import { expect, test } from '@playwright/test';
import type { Client } from 'pg';
import { ask, fits, isWriting, signInAll, siteUrl } from '../authorisation/ask.ts';
import { askers, seed } from '../authorisation/cast.ts';
import { connect } from '../authorisation/connect.ts';
import { keepDatabase, type Keeper } from '../authorisation/keeper.ts';
import { readTable, type Row } from '../authorisation/read-table.ts';
import { table } from '../authorisation/table.ts';
import { openAccountSite, type AccountSite } from '../support/account-site.ts';

test.describe.configure({ mode: 'serial' });

const rows = readTable(table);
let site: AccountSite;
let client: Client;
let keeper: Keeper;
let cookies: ReadonlyMap<string, string>;

test.beforeAll(async () => {
  // A grade would write rows while nobody asks for any.
  site = await openAccountSite({ DAY2_URL: siteUrl, DAY2_VERIFY: 'off' });
  client = await connect(site);
  await seed(client);
  cookies = await signInAll(site.url, askers);
  keeper = await keepDatabase(client);
});

test.afterAll(async () => {
  await client?.end();
  await site?.close();
});

/** What is wrong with the cells of a row: those that write nothing all at once, then each other one by itself. */
async function findFaults(row: Row): Promise<string[]> {
  const faults: string[] = [];
  const send = async ({ asker, cell }: Row['cells'][number]) => {
    const request = () => ask(site.url, row, asker, cookies.get(asker.id ?? ''));
    let answer = await request();
    // Twelve at once keep a busy machine's database waiting; such an answer says nothing about rights.
    for (let tries = 0; tries < 3 && answer.status === 503 && cell !== '503'; tries++)
      answer = await request();
    if (fits(answer, cell, row.sees)) return;
    const { status, location } = answer;
    faults.push(`${row.text} as ${asker.who}: ${cell} expected, found ${status} ${location}`);
  };
  await Promise.all(row.cells.filter(({ cell }) => !isWriting(cell)).map(send));
  const changes = await keeper.findChanges();
  if (changes.length > 0) {
    faults.push(`${row.text}: a cell that writes nothing changed ${changes.join(', ')}`);
    await keeper.restore();
  }
  for (const entry of row.cells.filter(({ cell }) => isWriting(cell))) {
    await send(entry);
    faults.push(
      ...(await findUnwritten(entry.cell)).map(
        (fault) => `${row.text} as ${entry.asker.who}: ${fault}`,
      ),
    );
    await keeper.restore();
  }
  return faults;
}

/** What a cell that writes should have written and did not. */
async function findUnwritten(cell: string): Promise<string[]> {
  const changes = await keeper.findChanges();
  if (cell === 'out') return changes.join() === 'session' ? [] : [`changed ${changes.join()}`];
  const unreadable = await keeper.findUnreadable();
  return [
    ...(changes.includes('audit_log') ? [] : ['no audit row was written']),
    ...unreadable.map((action) => `no admin can read "${action}"`),
  ];
}

test('everybody may do what the table says, nothing else, and no change is without an audit row', async () => {
  test.setTimeout(240_000);
  const faults: string[] = [];
  for (const row of rows) faults.push(...(await findFaults(row)));
  expect(faults).toEqual([]);
});

test('no form that another site sends changes anything, whoever is signed in', async () => {
  const admin = askers.find(({ id }) => id === 'ada')!;
  const posts = rows.filter(({ method }) => method !== 'GET');
  for (const headers of [
    { origin: 'https://evil.example' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { origin: 'null' },
  ]) {
    const answers = await Promise.all(
      posts.map((row) => ask(site.url, row, admin, cookies.get('ada'), headers)),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([403]));
  }
  expect(await keeper.findChanges()).toEqual([]);
});
