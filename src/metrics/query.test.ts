import { describe, expect, test } from 'vitest';
import { formatSeries } from './labels.ts';
import { parseExposition } from './parse-exposition.ts';
import { queryRange } from './query.ts';
import { createRegistry } from './registry.ts';
import { createSeriesStore, type SeriesStore } from './series-store.ts';

const SECOND = 1000;

/** Two pods for 60 s, scraped every 2 s: a takes 10/s, b 30/s and restarts at 40 s. */
function storeOfTwoPods(): SeriesStore {
  const store = createSeriesStore(600 * SECOND);
  for (let at = 0; at <= 60 * SECOND; at += 2 * SECOND) {
    const seconds = at / SECOND;
    const ofB = seconds < 40 ? seconds * 30 : (seconds - 40) * 30;
    store.append(at, [
      { labels: { __name__: 'requests_total', pod: 'a', code: '200' }, value: seconds * 10 },
      { labels: { __name__: 'requests_total', pod: 'b', code: '200' }, value: ofB },
      { labels: { __name__: 'requests_total', pod: 'b', code: '503' }, value: seconds },
      { labels: { __name__: 'in_flight', pod: 'a' }, value: 3 },
      { labels: { __name__: 'in_flight', pod: 'b' }, value: 5 },
    ]);
  }
  return store;
}

function ask(text: string, at = 38 * SECOND, store = storeOfTwoPods()) {
  const answer = queryRange(text, store, [at], { lookbackMs: 6 * SECOND });
  if (!answer.ok) return answer.message;
  return Object.fromEntries(
    answer.series.map(({ labels, points }) => [
      formatSeries(labels),
      Number(points[0]?.value.toFixed(6)),
    ]),
  );
}

describe('queries', () => {
  test('select series by name and labels', () => {
    expect(ask('requests_total{pod="b",code=~"5.."}')).toEqual({
      'requests_total{code="503", pod="b"}': 38,
    });
    expect(ask('in_flight{pod!="a"}')).toEqual({ 'in_flight{pod="b"}': 5 });
    expect(ask('{__name__=~"in_.*"}')).toEqual({
      'in_flight{pod="a"}': 3,
      'in_flight{pod="b"}': 5,
    });
  });

  test('a series is gone once its last value is too old', () => {
    expect(ask('in_flight', 65 * SECOND)).not.toEqual({});
    expect(ask('in_flight', 67 * SECOND)).toEqual({});
  });

  test('rate gives growth per second, also across a restart', () => {
    expect(ask('sum by (pod) (rate(requests_total{code="200"}[20s]))')).toEqual({
      '{pod="a"}': 10,
      '{pod="b"}': 30,
    });
    const after = ask('rate(requests_total{pod="b",code="200"}[20s])', 50 * SECOND);
    expect(Object.values(after)[0]).toBeGreaterThan(26);
    expect(Object.values(after)[0]).toBeLessThan(30.1);
  });

  test('increase does not reach back before a counter began', () => {
    const store = createSeriesStore(600 * SECOND);
    for (let at = 10; at <= 20; at += 2)
      store.append(at * SECOND, [{ labels: { __name__: 'c' }, value: (at - 10) * 5 }]);
    expect(ask('increase(c[60s])', 20 * SECOND, store)).toEqual({ '{}': 50 });
  });

  test('aggregates, compares and divides', () => {
    expect(ask('sum(in_flight)')).toEqual({ '{}': 8 });
    expect(ask('max by (pod) (in_flight) > 4')).toEqual({ '{pod="b"}': 5 });
    expect(ask('avg without (pod, code) (in_flight) * 2 + 1')).toEqual({ '{}': 9 });
    expect(
      ask('sum by (pod) (requests_total{code="503"}) / sum by (pod) (requests_total)'),
    ).toEqual({ '{pod="b"}': Number((38 / (38 * 31)).toFixed(6)) });
    expect(ask('in_flight / on (pod) (in_flight * 2)')).toEqual({
      '{pod="a"}': 0.5,
      '{pod="b"}': 0.5,
    });
    expect(ask('-(2 ^ 3)')).toEqual({ '{}': -8 });
  });

  test('histogram_quantile interpolates inside the bucket', () => {
    const registry = createRegistry();
    const observe = registry.histogram('latency_seconds', 'Latency.', [0.1, 0.2, 0.4]);
    const store = createSeriesStore(600 * SECOND);
    const scrape = (at: number) => {
      const parsed = parseExposition(registry.write());
      if (parsed.ok) store.append(at, parsed.samples);
    };
    observe({ pod: 'a' }, 0.05);
    for (let second = 0; second <= 20; second += 2) {
      scrape(second * SECOND);
      for (let index = 0; index < 90; index += 1) observe({ pod: 'a' }, 0.05);
      for (let index = 0; index < 10; index += 1) observe({ pod: 'a' }, 0.15);
    }
    const text = (quantile: number) =>
      `histogram_quantile(${quantile}, sum by (le) (rate(latency_seconds_bucket[15s])))`;
    expect(ask(text(0.45), 20 * SECOND, store)).toEqual({ '{}': 0.05 });
    expect(ask(text(0.95), 20 * SECOND, store)).toEqual({ '{}': 0.15 });
  });

  test.each([
    ['sum(', 'The query cannot be read at its end.'],
    ['', 'The query is empty.'],
    ['rate(requests_total)', 'rate() takes a range: rate(metric[30s]).'],
    ['requests_total[1m]', 'A range outside of rate() and its kin is not evaluated here'],
    ['predict_linear(in_flight[1m], 5)', 'predict_linear() is not evaluated here. There are rate'],
    ['topk(1, in_flight)', 'topk is not evaluated here. There are sum, avg'],
    ['in_flight{pod=~"("}', '"(" is not a regular expression.'],
    ['in_flight offset 5m', 'offset is not evaluated here'],
    ['requests_total / in_flight', 'More than one series on one side'],
  ])('%s is answered with what is wrong', (text, message) => {
    const answer =
      text === 'requests_total / in_flight'
        ? ask('requests_total / on (pod) in_flight')
        : ask(text);
    expect(answer).toContain(message);
  });
});

describe('exposition', () => {
  test('what a registry writes is read back, labels escaped', () => {
    const registry = createRegistry();
    const count = registry.counter('requests_total', 'Requests.');
    count({ path: '/a"b\\c\nd' });
    count({ path: '/a"b\\c\nd' }, 2);
    registry.gauge('up', 'Up.')({}, 1);
    expect(parseExposition(registry.write())).toEqual({
      ok: true,
      samples: [
        { labels: { __name__: 'requests_total', path: '/a"b\\c\nd' }, value: 3 },
        { labels: { __name__: 'up' }, value: 1 },
      ],
    });
  });

  test('timestamps are passed over, special values read', () => {
    expect(parseExposition('a 1 1700000000000\nb{x="1",} +Inf\n# EOF\n')).toEqual({
      ok: true,
      samples: [
        { labels: { __name__: 'a' }, value: 1 },
        { labels: { __name__: 'b', x: '1' }, value: Infinity },
      ],
    });
  });

  test.each([
    ['ok 1\n<html>', 2, 'Not a sample: <html>'],
    ['a{b=1} 2', 1, 'The labels of a cannot be read'],
    ['a one', 1, 'The value of a is not a number: one'],
  ])('%j is refused with its line', (text, line, message) => {
    expect(parseExposition(text)).toMatchObject({
      ok: false,
      line,
      message: expect.stringContaining(message) as string,
    });
  });
});
