import { once } from 'node:events';
import { connect as connectSocket } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect, test } from '@playwright/test';
import type { Client } from 'pg';
import { signIn, siteUrl } from '../authorisation/ask.ts';
import { emailOf, password, seed } from '../authorisation/cast.ts';
import { connect } from '../authorisation/connect.ts';
import { openAccountSite, type AccountSite } from '../support/account-site.ts';

test.describe.configure({ mode: 'serial' });

let site: AccountSite;
let client: Client;
let admin: string;
let learner: string;

test.beforeAll(async () => {
  site = await openAccountSite({ DAY2_URL: siteUrl });
  client = await connect(site);
  await seed(client);
  admin = await signIn(site.url, emailOf('ada'));
  learner = await signIn(site.url, emailOf('lea'));
});

test.afterAll(async () => {
  await client?.end();
  await site?.close();
});

async function post(path: string, fields: Record<string, string>, cookie = '') {
  return fetch(site.url + path, {
    method: 'POST',
    redirect: 'manual',
    headers: { cookie },
    body: new URLSearchParams(fields),
  });
}

/** Sends bytes as they are to a server itself, without a proxy that mends them, and gives the whole answer. */
async function sendRaw(request: string): Promise<string> {
  const socket = connectSocket(Number(new URL(site.nodes[0] ?? '').port), '127.0.0.1');
  await once(socket, 'connect');
  socket.write(request);
  return text(socket);
}

async function valueOf(sql: string): Promise<unknown> {
  const { rows } = await client.query<{ value: unknown }>(sql);
  return rows[0]?.value;
}

test('signing in makes a new session, whatever cookie the browser had', async () => {
  const theirs = learner;
  const own = await signIn(site.url, emailOf('mona'), theirs);
  expect(own).not.toContain(theirs);
  const session = await fetch(`${site.url}/api/session/`, { headers: { cookie: theirs } });
  expect(await session.json()).toMatchObject({ person: { id: 'lea' } });
  const forged = theirs.replace(/=[^.]+\./, '=token-of-liv.');
  const answer = await fetch(`${site.url}/api/session/`, { headers: { cookie: forged } });
  expect(await answer.json()).toEqual({ accounts: true, person: null });
});

test('signing in leads to this site only', async () => {
  for (const next of [
    '//evil.example',
    '/\\evil.example',
    '/\t/evil.example',
    '/.//evil.example',
    'https://evil.example',
    '/a\r\nSet-Cookie: a=b',
  ]) {
    const fields = { form: 'password', email: emailOf('otto'), password, next };
    const location = (await post('/sign-in/', fields)).headers.get('location') ?? '';
    const { origin } = new URL(location, siteUrl);
    expect([next, origin]).toEqual([next, siteUrl]);
  }
});

test('links in mails lead to the address of the site, whatever Host was sent', async () => {
  const body = new URLSearchParams({ form: 'link', email: emailOf('dina') }).toString();
  const answer = await sendRaw(
    `POST /sign-in/ HTTP/1.1\r\nHost: evil.example\r\nX-Forwarded-Host: evil.example\r\nConnection: close\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
  );
  expect(answer).toMatch(/^HTTP\/1\.1 303/);
  // The answer may be here before the line that the server logged first.
  const mails = () => site.lines.filter((line) => line.includes(`"to":"${emailOf('dina')}"`));
  await expect.poll(() => mails().at(-1) ?? '').toContain(`${siteUrl}/sign-in/link/?token=`);
  expect(site.lines.join('\n')).not.toContain('evil.example/');
});

test('names are text wherever they are shown', async () => {
  const name = `<img src=x onerror=alert(1)>"'</script>`;
  expect((await post('/account/', { form: 'name', name }, learner)).status).toBe(303);
  const place = { form: 'create-team', organisation: 'north', name: '<b>team</b>' };
  expect((await post('/organisation/', place, admin)).status).toBe(303);
  for (const path of [
    '/organisation/',
    '/organisation/?person=lea',
    '/organisation/audit/',
    '/assignments/for-platform/',
    '/assignments/new/?path=path-of-north',
    '/team/',
  ]) {
    const page = await (await fetch(site.url + path, { headers: { cookie: admin } })).text();
    // In a quoted attribute a name is text too.
    const tags = page.replaceAll(/="[^"]*"/g, '');
    expect([path, tags.includes('<img src=x'), tags.includes('<b>team')]).toEqual([
      path,
      false,
      false,
    ]);
  }
});

test('fields that a form does not have change nothing', async () => {
  const fields = {
    form: 'name',
    name: 'Lea',
    role: 'admin',
    email: 'ada@north.example',
    emailVerified: 'false',
    id: 'ada',
    userId: 'ada',
    organisation: 'north',
    __proto__: 'x',
  };
  expect((await post('/account/', fields, learner)).status).toBe(303);
  expect(await valueOf(`SELECT name AS value FROM "user" WHERE id = 'ada'`)).toBe('Person ada');
  expect(await valueOf(`SELECT email AS value FROM "user" WHERE id = 'lea'`)).toBe(emailOf('lea'));
  expect(await valueOf(`SELECT role AS value FROM member WHERE user_id = 'lea'`)).toBe('learner');
});

test('what is too long is refused before it is read, and at each field', async () => {
  // At a server itself: a plain proxy may find the line cut before it has read why.
  const long = await fetch(`${site.nodes[0]}/account/`, {
    method: 'POST',
    body: new URLSearchParams({ form: 'name', name: 'x'.repeat(1_200_000) }),
  });
  expect(long.status).toBe(413);
  expect((await post('/account/', { form: 'name', name: 'x'.repeat(101) }, learner)).status).toBe(
    422,
  );
  const chunked = await sendRaw(
    'POST /account/ HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\nContent-Type: application/x-www-form-urlencoded\r\n\r\n',
  );
  expect(chunked).toMatch(/^HTTP\/1\.1 411/);
  const headers = { cookie: learner, 'content-type': 'application/json' };
  const json = await fetch(`${site.url}/account/`, { method: 'POST', headers, body: '{}' });
  expect(json.status).toBe(415);
});

test('NUL and half characters are no trouble of the server', async () => {
  const fields = { form: 'name', name: 'Le\u0000a' };
  expect((await post('/account/', fields, learner)).status).toBe(303);
  expect(await valueOf(`SELECT name AS value FROM "user" WHERE id = 'lea'`)).toBe('Lea');
  for (const path of [
    '/invitation/a%00b/',
    '/assignments/%00/',
    '/paths/%00/',
    '/organisation/?person=%00',
    '/organisation/audit/?person=%00&action=%00',
  ])
    expect([path, (await fetch(site.url + path, { headers: { cookie: admin } })).status]).toEqual([
      path,
      400,
    ]);
  for (const path of [
    '/invitation/%ff/',
    '/assignments/%ed%a0%80/',
    '/organisation/audit/?person=%ff&before=-1&from=x',
  ])
    expect((await fetch(site.url + path, { headers: { cookie: admin } })).status).toBeLessThan(500);
});

test('an address that is none does not end the server', async () => {
  for (const target of ['//', '///', '/\\', 'http://[', '*'])
    expect(await sendRaw(`GET ${target} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`)).toMatch(
      /^HTTP\/1\.1 400/,
    );
  expect((await fetch(`${site.url}/healthz`)).status).toBe(200);
});

test('other methods than POST change nothing', async () => {
  const before = await valueOf('SELECT count(*)::int AS value FROM audit_log');
  for (const method of ['PUT', 'PATCH', 'DELETE']) {
    const body = new URLSearchParams({ form: 'remove', organisation: 'north', person: 'liv' });
    await fetch(`${site.url}/organisation/`, { method, headers: { cookie: admin }, body });
    const origin = { cookie: admin, origin: 'https://evil.example' };
    const foreign = await fetch(`${site.url}/organisation/`, { method, headers: origin, body });
    expect(foreign.status).toBe(403);
  }
  expect(await valueOf('SELECT count(*)::int AS value FROM audit_log')).toBe(before);
});

test('guessing a password is limited whatever address a header claims', async () => {
  const statuses = await Promise.all(
    Array.from({ length: 14 }, (_, index) =>
      fetch(`${site.url}/sign-in/`, {
        method: 'POST',
        redirect: 'manual',
        headers: {
          'x-forwarded-for': `203.0.113.${index}`,
          'x-day-two-address': `203.0.113.${index}`,
        },
        body: new URLSearchParams({
          form: 'password',
          email: emailOf('dora'),
          password: `guess number ${index}`,
        }),
      }).then(({ status }) => status),
    ),
  );
  expect(statuses.filter((status) => status === 429)).toHaveLength(4);
});
