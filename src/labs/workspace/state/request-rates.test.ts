import { expect, test } from 'vitest';
import type { RequestRecord } from '#cluster/lab-cluster.ts';
import { appendCapped } from './append-capped.ts';
import { RequestRates } from './request-rates.ts';

const to = (pod: string | null) => ({ pod }) as RequestRecord;

test('a rate is over the last two seconds and ends when the requests do', () => {
  const rates = new RequestRates();
  rates.add([to('a'), to('a'), to('b'), to(null)], 0);
  rates.add([to('a'), to('a')], 1000);
  expect(rates.perSecond(1500)).toEqual({ a: 2, b: 0.5 });
  expect(rates.perSecond(2500)).toEqual({ a: 1 });
  expect(rates.perSecond(4000)).toEqual({});
});

test('a capped list loses its oldest items first', () => {
  expect(appendCapped([1, 2, 3], [4, 5], 4)).toEqual([2, 3, 4, 5]);
  expect(appendCapped([1], [2, 3, 4], 2)).toEqual([3, 4]);
  expect(appendCapped([], [], 2)).toEqual([]);
});
