import { expect, test } from 'vitest';
import { readForm } from './read-form.ts';

const post = (body: BodyInit, headers: Record<string, string> = {}) =>
  new Request('http://site.invalid/', { method: 'POST', body, headers });

test('what PostgreSQL and addresses cannot hold is taken out, the rest stays as it was typed', async () => {
  const form = await readForm(
    post(new URLSearchParams({ form: 'name', name: 'A\u0000da \u{1f600}' })),
  );
  expect(form?.fields['name']).toBe('Ada \u{1f600}');
});

test('names of the language itself are fields like others', async () => {
  const body = new URLSearchParams({ form: 'constructor', __proto__: 'x', toString: 'y' });
  const form = await readForm(post(body));
  expect(form?.name).toBe('constructor');
  expect(Object.getPrototypeOf(form?.fields)).toBe(Object.prototype);
});

test('a body that is cut off has no fields', async () => {
  const headers = { 'Content-Type': 'multipart/form-data; boundary=x' };
  expect(await readForm(post('--x\r\nContent-Disposition: form', headers))).toEqual({
    name: '',
    fields: {},
    values: {},
  });
});

test('a password is not shown again', async () => {
  const form = await readForm(post(new URLSearchParams({ form: 'a', password: 'p', email: 'e' })));
  expect(form?.values).toEqual({ form: 'a', email: 'e' });
});

test('a file of more than 1 MiB is named and not read, and what was typed beside it is kept', async () => {
  const body = new FormData();
  body.set('rows', 'ada@example.org');
  body.set('file', new File([new Uint8Array(1024 * 1024 + 1)], 'photo.csv'));
  const form = await readForm(new Request('http://localhost/', { method: 'POST', body }));
  expect(form?.tooLarge).toEqual(['file']);
  expect(form?.values).toEqual({ rows: 'ada@example.org' });
});
