import { expect, test } from 'vitest';
import { parseEnv } from './env.ts';

test('an empty environment gives the documented defaults', () => {
  expect(parseEnv({})).toEqual({
    PORT: 4321,
    HOST: '127.0.0.1',
    DAY2_DIST: 'dist',
    DAY2_WEBCONTAINER: 'off',
    DAY2_DATABASE: 'on',
    DAY2_DATA: 'data',
    DAY2_LOG: 'info',
    DAY2_PROXY_HOPS: 0,
    DAY2_MAIL_FROM: 'Day Two <day-two@localhost>',
    DAY2_OIDC_NAME: 'your organisation',
    DAY2_VERIFY: 'on',
    DAY2_VERIFY_CONCURRENCY: 1,
  });
});

test('variables that need one another are asked for together', () => {
  const mail = { DAY2_SMTP_URL: 'smtps://day2:hunter2@mail.example' };
  expect(() => parseEnv(mail)).toThrowErrorMatchingInlineSnapshot(`
    [Error: The environment is not usable:
      DAY2_URL=: is needed with DAY2_SMTP_URL or DAY2_OIDC_ISSUER, for links that a forged Host header cannot change. Repair: give the address of the site, for example DAY2_URL=https://day2.example.]
  `);
  expect(parseEnv({ ...mail, DAY2_URL: 'https://day2.example' }).DAY2_SMTP_URL).toBeDefined();
  const issuer = { DAY2_URL: 'https://day2.example', DAY2_OIDC_ISSUER: 'https://id.example' };
  expect(() => parseEnv(issuer)).toThrowErrorMatchingInlineSnapshot(`
    [Error: The environment is not usable:
      DAY2_OIDC_ISSUER=https://id.example: DAY2_OIDC_ISSUER, DAY2_OIDC_CLIENT_ID and DAY2_OIDC_CLIENT_SECRET go together. Repair: set all three, or none; see docs/hosting.md.]
  `);
});

test('a bad variable is named with what was found and the repair', () => {
  expect(() => parseEnv({ PORT: '99999', HOST: '' })).toThrowErrorMatchingInlineSnapshot(`
    [Error: The environment is not usable:
      PORT=99999: Too big: expected number to be <=65535. Repair: give a port between 0 and 65535, for example PORT=4321.
      HOST=: Too small: expected string to have >=1 characters. Repair: give an address, for example HOST=0.0.0.0.]
  `);
});

test('a bad DATABASE_URL is refused without its password being said', () => {
  expect(() => parseEnv({ DATABASE_URL: 'mysql://day2:hunter2@host/db' }))
    .toThrowErrorMatchingInlineSnapshot(`
    [Error: The environment is not usable:
      DATABASE_URL=(not shown): Invalid URL. Repair: write postgres://user:password@host:5432/database; encode special characters.]
  `);
});

test('a DATABASE_URL may name a socket', () => {
  const url = 'postgres:///day2?host=/var/run/postgresql';
  expect(parseEnv({ DATABASE_URL: url }).DATABASE_URL).toBe(url);
});
