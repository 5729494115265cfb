import { expect, test } from 'vitest';
import { keepSent, readKept } from './kept-form.ts';

const address = new URL('http://site.invalid/paths/new/?from=menu');

function send(body: BodyInit, url = address) {
  return { request: new Request(url, { method: 'POST', body }), url };
}

async function keep(body: BodyInit) {
  const sent = keepSent(send(body));
  return sent && readKept(sent);
}

test('what was typed is kept in its order, with its lines and names that come twice, for the same address', async () => {
  const body = new URLSearchParams([
    ['form', 'publish'],
    ['items', '- lab: l06\n- lab: "<b>l07"'],
    ['person:one', 'on'],
    ['items', 'x\u0000y'],
    ['team:0code0', 'on'],
  ]);
  expect(await keep(body)).toEqual({
    kind: 'kept',
    action: '/paths/new/?from=menu',
    isMultipart: false,
    fields: [
      ['form', 'publish'],
      ['items', '- lab: l06\n- lab: "<b>l07"'],
      ['person:one', 'on'],
      ['items', 'xy'],
      ['team:0code0', 'on'],
    ],
    missing: [],
  });
});

test('it is kept also after the page has read the form', async () => {
  const context = send(new URLSearchParams({ form: 'name', name: 'Ada' }));
  const sent = keepSent(context);
  await context.request.formData();
  const kept = sent && (await readKept(sent));
  expect(kept).toMatchObject({
    fields: [
      ['form', 'name'],
      ['name', 'Ada'],
    ],
  });
});

test('secrets and files are not kept, and each is named once', async () => {
  const body = new FormData();
  body.set('form', 'set-up');
  body.set('name', 'Ada');
  for (const name of ['password', 'current', 'newPassword', 'code', 'clientSecret'])
    body.set(name, 'hush-hush');
  body.set('file', new File(['a@example.org'], 'people.csv'));
  body.set('empty', new File([], ''));
  const kept = await keep(body);
  expect(kept).toMatchObject({
    isMultipart: true,
    missing: ['the password', 'the code', 'the secret', 'the file'],
  });
  expect(JSON.stringify(kept)).not.toContain('hush');
});

test('nothing is kept where nothing was typed: a button, a secret alone, a link, a body that was cut off', async () => {
  expect(await keep(new URLSearchParams({ form: 'sign-out' }))).toBeNull();
  expect(await keep(new URLSearchParams({ form: 'password', password: 'p' }))).toBeNull();
  expect(await keep(new URLSearchParams({ form: 'link', token: 't', next: '/' }))).toBeNull();
  const headers = { 'Content-Type': 'multipart/form-data; boundary=x' };
  const request = new Request(address, { method: 'POST', body: '--x\r\nContent', headers });
  const sent = keepSent({ request, url: address });
  expect(sent && (await readKept(sent))).toBeNull();
});

test('more than 1 MiB is said to be too long', async () => {
  const text = 'x'.repeat(1024 * 1024);
  expect(await keep(new URLSearchParams({ form: 'publish', items: text }))).toEqual({
    kind: 'too-long',
  });
});

test('only forms that are posted to pages are put aside', () => {
  expect(keepSent({ request: new Request(address), url: address })).toBeNull();
  expect(keepSent(send('{}', new URL('http://site.invalid/api/progress/')))).toBeNull();
});
