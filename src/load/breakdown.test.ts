import { describe, expect, test } from 'vitest';
import { createHistogram } from './histogram.ts';
import type { Load } from './schedule.ts';
import type { Send } from './send.ts';
import { OK, clockForTest, planFor, runVirtually } from './stub-target.ts';

const mix = {
  classes: [
    { name: 'short', weight: 9, bodies: ['s1', 's2'] },
    { name: 'long', weight: 1, bodies: ['l1'] },
  ],
  tenants: {
    of: [
      { name: 'acme', weight: 4 },
      { name: 'globex', weight: 1 },
    ],
  },
  keys: { count: 50, exponent: 1.1 },
};
const request = { method: 'POST', url: 'http://triage/classify' };

async function runMixed() {
  const clock = clockForTest();
  const loads: (Load & { readonly text: string | null })[] = [];
  const send: Send = async (text, signal, load) => {
    loads.push({ ...load, text });
    const isLong = text === 'l1';
    await clock.waitUntil(clock.now() + (isLong ? 200 : 10), signal);
    return { ...OK, pod: loads.length % 2 === 0 ? 'triage-a' : 'triage-b' };
  };
  const plan = planFor({ mix, request, durationSeconds: 100 });
  return { loads, ...(await runVirtually(plan, send, clock)) };
}

describe('a mix', () => {
  test('sends each class, tenant and key as often as it says', async () => {
    const { report, loads } = await runMixed();
    const shares = (list: readonly { name: string; share: number }[]) =>
      Object.fromEntries(list.map(({ name, share }) => [name, Number(share.toFixed(1))]));
    expect(shares(report.classes)).toEqual({ short: 0.9, long: 0.1 });
    expect(shares(report.tenants)).toEqual({ acme: 0.8, globex: 0.2 });
    const popular = loads.filter(({ key }) => key === 0).length / loads.length;
    expect(popular).toBeGreaterThan(0.2);
    expect(new Set(loads.map(({ key }) => key)).size).toBeGreaterThan(40);
  });

  test('has the percentiles of each class apart', async () => {
    const { report } = await runMixed();
    const p50 = Object.fromEntries(report.classes.map(({ name, p50: median }) => [name, median]));
    expect(p50['short']).toBeCloseTo(10, 1);
    expect(p50['long']).toBeCloseTo(200, 0);
  });

  test('draws the same for the same seed', async () => {
    const [first, second] = [await runMixed(), await runMixed()];
    expect(first.loads).toEqual(second.loads);
    expect(first.results).toEqual(second.results);
  });
});

test('the percentiles of all pods come from merging the histograms of each', async () => {
  const { report } = await runMixed();
  const merged = createHistogram();
  for (const { histogram } of report.pods) merged.mergeCounts(histogram);
  expect(report.pods).toHaveLength(2);
  for (const percent of [50, 90, 95, 99, 99.9, 100])
    expect(merged.percentile(percent)).toBe(createFrom(report.histogram).percentile(percent));
  expect(merged.toCounts()).toEqual({
    ...report.histogram,
    sum: expect.closeTo(merged.toCounts().sum, 6) as number,
  });
});

test('the first answer of each pod is told apart as its cold start', async () => {
  const clock = clockForTest();
  const seen = new Set<string>();
  let turn = 0;
  const send: Send = async (_, signal) => {
    const pod = `triage-${turn++ % 2}`;
    const isFirst = !seen.has(pod);
    seen.add(pod);
    await clock.waitUntil(clock.now() + (isFirst ? 700 : 5), signal);
    return { ...OK, pod };
  };
  const plan = planFor({ arrivals: { process: 'constant', rate: 1 }, durationSeconds: 60 });
  const { report } = await runVirtually(plan, send, clock);
  expect(report.coldStart).toEqual({
    firstAnswerAt: 700,
    pods: [
      { pod: 'triage-0', latency: 700 },
      { pod: 'triage-1', latency: 700 },
    ],
  });
});

function createFrom(counts: Parameters<ReturnType<typeof createHistogram>['mergeCounts']>[0]) {
  const histogram = createHistogram();
  histogram.mergeCounts(counts);
  return histogram;
}
