import { expect, test } from 'vitest';
import type { LoadPlan } from '#load/plan.ts';
import { parseLoad } from './load-arguments.ts';

const base: LoadPlan = {
  arrivals: { process: 'poisson', rate: 40 },
  durationSeconds: 20,
  warmupSeconds: 0,
  timeoutSeconds: 10,
  seed: 1,
  stopWhenUnreachable: true,
  request: {
    method: 'POST',
    url: 'http://triage/',
    headers: { 'content-type': 'application/json' },
    bodies: ['{"text":"x"}'],
  },
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

test('a GET leaves the bodies of the panel behind', () => {
  expect(parseLoad(['-X', 'get'], base)).toMatchObject({ request: { method: 'GET', bodies: [] } });
});

test.each([
  [
    ['-p', 'step', '--levels', '0:10,30:50'],
    {
      process: 'step',
      levels: [
        { fromSeconds: 0, rate: 10 },
        { fromSeconds: 30, rate: 50 },
      ],
    },
  ],
  [['-p', 'ramp', '--from', '1', '--to=9'], { process: 'ramp', from: 1, to: 9 }],
  [['-p', 'trace', '--times', '0,.5,2'], { process: 'trace', atSeconds: [0, 0.5, 2] }],
  [['-p', 'gamma', '--burstiness', '0.3'], { process: 'gamma', rate: 40, burstiness: 0.3 }],
  [['-p', 'multi-stream'], { process: 'multi-stream', samples: 8 }],
])('%j asks for those arrivals', (args, arrivals) => {
  expect(parseLoad(args, base)).toMatchObject({ arrivals });
});

test('an SLO, a warm-up and a cap reach the plan, and the plan comes back as the same form', () => {
  const args = ['--slo-ttft', '200ms', '--slo-tpot', '30', '-w', 'steady', '--max-in-flight', '4'];
  const plan = parseLoad([...args, '--stream', 'sse'], base) as LoadPlan;
  expect(plan).toMatchObject({
    slo: { ttftMs: 200, tpotMs: 30, share: 0.99 },
    warmupRule: 'steady',
    maxInFlight: 4,
    request: { stream: 'sse' },
  });
  expect(parseLoad([], plan)).toEqual(plan);
});

test.each([
  [['-r', '-3'], 'load: arrivals.rate: A rate of -3 per second sends nothing'],
  [['-r', 'fast'], '--rate cannot be "fast"'],
  [['-p', 'step', '--levels', '0:ten'], 'load: arrivals.levels.0.rate: '],
  [['-p', 'server'], 'State it, for example slo'],
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
