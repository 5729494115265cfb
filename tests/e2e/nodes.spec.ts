import { randomUUID } from 'node:crypto';
import { expect, test } from '@playwright/test';
import { openAccountSite, type AccountSite } from '../support/account-site.ts';
import { password } from '../support/account-steps.ts';
import {
  continueSession,
  lessonRead,
  postForm,
  setUpOverHttp,
  signInOverHttp,
} from '../support/http-person.ts';
import { startNode } from '../support/site-node.ts';

/** Two servers that know nothing of each other but the database; the tests are steps in this order. */
test.describe.configure({ mode: 'serial' });

const ada = { email: 'ada@example.org', password };

let site: AccountSite;
let first: string;
let second: string;

test.beforeAll(async () => {
  site = await openAccountSite();
  [first = '', second = ''] = site.nodes;
});

test.afterAll(async () => {
  await site?.close();
});

test('both migrated one empty database, and the code that one printed is good on the other', async () => {
  for (const node of [first, second])
    expect(await (await fetch(`${node}/readyz`)).json()).toEqual({ ready: true, database: 'on' });
  // The newest code of the log: whose it is does not matter to either.
  const admin = await setUpOverHttp(first, site.setUpCode, ada);
  const there = await continueSession(second, admin.cookie);
  expect(there.id).toBe(admin.id);
  expect((await fetch(`${second}/setup/`)).status).toBe(410);
});

test('a session that one node ended is over on the other at once', async () => {
  const here = await signInOverHttp(first, ada);
  const there = await continueSession(second, here.cookie);
  const ended = await there.postForm('/account/', { form: 'sign-out' });
  expect(ended.status).toBe(303);
  await expect(continueSession(first, here.cookie)).rejects.toThrow('not known');
});

test('tries of a password count on both nodes together', async () => {
  const wrong = { form: 'password', email: 'nobody@example.org', password: 'not the password' };
  const statuses: number[] = [];
  // Ten tries in five minutes.
  for (let index = 0; index < 11; index++)
    statuses.push((await postForm(index % 2 ? second : first, '/sign-in/', wrong)).status);
  expect(statuses).toEqual([...Array.from({ length: 10 }, () => 422), 429]);
});

test('progress that one node took is read from the other', async () => {
  const here = await signInOverHttp(first, ada);
  const there = await continueSession(second, here.cookie);
  const lesson = 'capacity/will-it-fit';
  const sent = lessonRead(randomUUID(), 0, lesson);
  expect((await here.postJson('/api/progress/', sent.request)).status).toBe(200);
  const other = { device: randomUUID(), cursor: 0, events: [], labFiles: [] };
  const answer = await there.postJson('/api/progress/', other);
  expect(await answer.json()).toMatchObject({ events: [{ id: sent.id, payload: { lesson } }] });
});

test('a node with another secret does not start beside them, and says why', async () => {
  const env = {
    DATABASE_URL: site.databaseUrl,
    DAY2_AUTH_SECRET: 'another secret than that of the two',
  };
  await expect(startNode(env)).rejects.toThrow('sign with another secret');
  for (const node of [first, second]) expect((await fetch(`${node}/readyz`)).status).toBe(200);
});

test('while the database is down both say so, serve what needs none, and go on by themselves', async () => {
  const here = await signInOverHttp(first, ada);
  const people = [here, await continueSession(second, here.cookie)];
  const start = await site.holdDatabaseDown();
  for (const person of people) {
    const page = await person.get('/account/');
    expect(page.status).toBe(503);
    expect(await page.text()).toContain('Accounts are unavailable just now');
    const form = await person.postForm('/account/', { form: 'name', name: 'Ada' });
    expect(form.status).toBe(503);
    const sent = lessonRead(randomUUID(), 0, 'capacity/will-it-fit');
    expect((await person.postJson('/api/progress/', sent.request)).status).toBe(503);
    expect((await person.get('/readyz')).status).toBe(503);
    expect((await person.get('/courses/capacity/will-it-fit/')).status).toBe(200);
  }
  await start();
  for (const person of people) {
    await expect.poll(async () => (await person.get('/readyz')).status).toBe(200);
    expect((await person.get('/account/')).status).toBe(200);
  }
});
