import { expect, test } from 'vitest';
import type { LoadPlan } from '#load/plan.ts';
import { parseLoad } from './load-arguments.ts';

const base: LoadPlan = {
  arrivals: { process: 'poisson', rate: 40 },
  durationSeconds: 20,
  warmupSeconds: 0,
  timeoutSeconds: 10,
  seed: 1,
  request: { method: 'POST', url: 'http://triage/', headers: {}, bodies: ['{"text":"x"}'] },
};

test('without arguments the plan of the panel runs', () => {
  expect(parseLoad([], base)).toEqual(base);
});

test('options change only what they name', () => {
  expect(
    parseLoad(['-r', '200', '--duration=5s', '-p', 'constant', 'other/healthz'], base),
  ).toEqual({
    ...base,
    arrivals: { process: 'constant', rate: 200 },
    durationSeconds: 5,
    request: { ...base.request, url: 'http://other/healthz' },
  });
});

test('bodies given replace the panel’s', () => {
  const plan = parseLoad(['-b', 'one', '-b', 'two'], base);
  expect(plan).toMatchObject({ request: { bodies: ['one', 'two'] } });
});

test.each([
  [['-r', '-3'], '--rate cannot be "-3"'],
  [['--burst', '3'], '--burst is not known'],
  [['--constructor', '3'], '--constructor is not known'],
  [['-d'], '--duration needs a value'],
  [['--help'], 'Usage: load'],
  [['-d', '100000'], 'load: durationSeconds: '],
  [['ftp://triage/'], 'load: request.url: Write an http:// URL'],
  [['-r', '100000', '-d', '60'], 'Lower the rate or shorten the run'],
])('%j is answered with the reason', (args, reason) => {
  expect(parseLoad(args, base)).toContain(reason);
});
