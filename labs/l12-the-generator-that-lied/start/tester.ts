import { Hono } from 'hono';
import { arrive } from './arrivals.ts';
import loadtest from './loadtest.yaml';
import { measure, type Report, type Settings, type Test } from './measure.ts';
import { runTest } from './run-test.ts';

/*
 * The load tester, packed as a service. `GET /run` tests a server that stops answering for ten
 * seconds, in virtual time, and prints what it measured. The server is not real and costs nothing;
 * arrivals.ts and loadtest.yaml are, and they decide what this tester sees.
 *
 *   curl http://tester/run
 *   curl 'http://tester/run?rate=50&stallSeconds=40'
 *   curl 'http://tester/run?stallSeconds=0&pauseSeconds=5'     the tester's own machine stands still
 */

const settings = loadtest as Settings;
const app = new Hono();

app.get('/readyz', (c) => c.text('ready\n'));

app.get('/run', async (c) => {
  const test = readTest(new URL(c.req.url).searchParams);
  if (typeof test === 'string') return c.text(`${test}\n`, 400);
  const { calls, trouble } = await runTest(test, settings, arrive);
  return c.text(print(measure(calls, test, settings), test, trouble));
});

/** The same run for a program: every call of `send`. */
app.post('/run', async (c) => {
  const test = await c.req.json<Test>();
  const { calls, trouble } = await runTest(test, settings, arrive);
  return c.json({ calls: calls.map(({ due, at }) => [due, at]), trouble });
});

const DEFAULTS = {
  rate: 100,
  seconds: 100,
  stallAt: 50,
  stallSeconds: 10,
  pauseAt: 50,
  pauseSeconds: 0,
  seed: 1,
};

function readTest(params: URLSearchParams): Test | string {
  const given: Record<string, number> = { ...DEFAULTS };
  for (const [name, text] of params) {
    if (!(name in DEFAULTS))
      return `There is no "${name}"; there are ${Object.keys(DEFAULTS).join(', ')}.`;
    const value = Number(text);
    if (!(value >= 0)) return `${name} is "${text}", which is no number of 0 or more.`;
    given[name] = value;
  }
  const { rate, seconds, stallAt, stallSeconds, pauseAt, pauseSeconds, seed } =
    given as typeof DEFAULTS;
  if (rate === 0 || seconds === 0) return 'A test without rate or seconds sends nothing.';
  if (rate * seconds > 100_000) return 'That is more than 100,000 requests; lower rate or seconds.';
  const stall = { at: stallAt, length: stallSeconds };
  return { rate, seconds, stall, pause: { at: pauseAt, length: pauseSeconds }, seed };
}

function print(report: Report, test: Test, trouble: string | null): string {
  const { rate, seconds, stall, pause } = test;
  const whole = (value: number): string => Math.round(value).toLocaleString('en-GB');
  const events = [
    ...(stall.length > 0
      ? [`the server answers nothing from ${stall.at} s for ${stall.length} s`]
      : []),
    ...(pause.length > 0
      ? [`the tester stands still from ${pause.at} s for ${pause.length} s`]
      : []),
  ];
  const stalled = `; ${whole(report.sentInStall)} of them while the server stood still`;
  const rows = [
    [
      'asked for',
      `${rate} requests/s for ${seconds} s, ${whole(rate * seconds)} in all${events.length > 0 ? `; ${events.join('; ')}` : ''}`,
    ],
    ['sent', `${whole(report.sent)}${stall.length > 0 ? stalled : ''}`],
    ['counted', `${whole(report.counted)}, ${whole(report.failed)} of them without an answer`],
    ...(['p50', 'p99', 'p999', 'max'] as const).map((name) => [
      name === 'p999' ? 'p99.9' : name,
      time(report[name]),
    ]),
    ...(trouble ? [['trouble', trouble]] : []),
  ];
  return rows.map(([name = '', value]) => `${name.padEnd(11)}${value}\n`).join('');
}

function time(milliseconds: number): string {
  if (Number.isNaN(milliseconds)) return 'nothing was measured';
  if (milliseconds === Infinity) return `no answer within ${settings.timeoutSeconds} s`;
  return milliseconds < 1000
    ? `${milliseconds.toFixed(1)} ms`
    : `${(milliseconds / 1000).toFixed(2)} s`;
}

export default app;
