import { expect, it } from 'vitest';
import { createDetector } from './detector.ts';
import type { Feed } from './feed.ts';

const described = {
  name: 'anomaly',
  version: '1.0.0',
  features: [
    { name: 'cpu', unit: '%' },
    { name: 'latency', unit: 'ms' },
  ],
  samples: 3,
  intervalSeconds: 60,
  threshold: 0.5,
};

/** A model whose error is the window's first number, and which rebuilds every window as it was. */
const session = {
  async run({ windows }: Readonly<Record<string, Feed>>) {
    const data = windows?.data as Float32Array;
    const error = Float32Array.from({ length: data.length / 6 }, (_, row) => data[6 * row] ?? 0);
    return { error, reconstruction: data };
  },
  close: async () => {},
  device: 'wasm' as const,
};
const detector = createDetector(described, session);
const window = (first: number) => [
  [first, 2],
  [3, 4],
  [5, 6],
];

it('gives each window of a batch its own error and reconstruction', async () => {
  const results = await detector.detectBatch([window(0.25), window(0.75)]);
  expect(results).toEqual([
    { error: 0.25, isAnomalous: false, reconstruction: window(0.25) },
    { error: 0.75, isAnomalous: true, reconstruction: window(0.75) },
  ]);
  expect(await detector.detectBatch([])).toEqual([]);
});

it.each([
  ['no list', null, 'found null'],
  ['too few samples', [[1, 2]], 'found 1 samples'],
  ['a sample with one number', [[1, 2], [3], [5, 6]], 'found a list of 1 as sample 1'],
  [
    'a number that is none',
    [
      [1, 2],
      [3, Number.NaN],
      [5, 6],
    ],
    'found NaN in sample 1',
  ],
  [
    'a text for a number',
    [
      [1, 2],
      [3, 4],
      ['5', 6],
    ],
    'found 5 in sample 2',
  ],
])('refuses a window with %s', async (_, bad, found) => {
  await expect(detector.detect(bad as number[][])).rejects.toMatchObject({
    code: 'InputInvalid',
    status: 400,
    message: expect.stringContaining(found) as string,
  });
});

it('refuses a batch beyond memory, and a model that does not fit its description', async () => {
  await expect(detector.detectBatch(Array(5000).fill(window(1)))).rejects.toMatchObject({
    code: 'BatchTooLarge',
    message: expect.stringContaining('5000 windows') as string,
  });
  const other = createDetector(described, { ...session, run: async () => ({}) });
  await expect(other.detect(window(1))).rejects.toMatchObject({ code: 'ModelCorrupt' });
});
