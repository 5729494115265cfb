import { expect, test } from 'vitest';
import { parseCurl } from './curl-arguments.ts';

const files = { 'body.json': '{"text":"disk full"}' };

test('grouped short options and an attached value are read as curl reads them', () => {
  expect(parseCurl(['-siXPUT', 'http://triage/'], files, '')).toMatchObject({
    method: 'PUT',
    showHeaders: true,
    url: 'http://triage/',
  });
});

test('data makes a POST form unless a header says otherwise', () => {
  expect(parseCurl(['-d', 'a=1', '-d', 'b=2', 'triage/x'], files, '')).toMatchObject({
    url: 'http://triage/x',
    method: 'POST',
    body: 'a=1&b=2',
    headers: [['content-type', 'application/x-www-form-urlencoded']],
  });
  expect(
    parseCurl(['-H', 'Content-Type: application/json', '-d', '@body.json', 'http://t/'], files, ''),
  ).toMatchObject({
    body: '{"text":"disk full"}',
    headers: [['content-type', 'application/json']],
  });
});

test('--json sets both headers and @- reads what was piped in', () => {
  expect(parseCurl(['--json', '@-', 'http://t/'], files, '{"a":1}')).toMatchObject({
    body: '{"a":1}',
    headers: [
      ['content-type', 'application/json'],
      ['accept', 'application/json'],
    ],
  });
});

test('write-out and a discarded body are kept for the caller', () => {
  expect(parseCurl(['-so/dev/null', '-w', '%{http_code}', 'http://t/'], files, '')).toMatchObject({
    discard: true,
    writeOut: '%{http_code}',
  });
});

test.each([
  [[], 'no URL'],
  [['-q', 'http://t/'], '-q is not known'],
  [['-d'], '-d needs a value'],
  [['-d', '@none.json', 'http://t/'], 'none.json'],
  [['-o', 'out.txt', 'http://t/'], 'redirection'],
  [['http://a/', 'http://b/'], 'one URL'],
])('%j is refused with the reason', (args, reason) => {
  expect(parseCurl(args, files, '')).toContain(reason);
});
