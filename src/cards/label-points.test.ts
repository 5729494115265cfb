import { expect, it } from 'vitest';
import { labelPoints } from './label-points.ts';

it('gives dots that lie on each other one label', () => {
  const labels = labelPoints(
    [
      { variant: 'full', x: 400, y: 20 },
      { variant: 'int8', x: 152, y: 20 },
      { variant: 'int8-dynamic', x: 150, y: 20 },
    ],
    410,
  );
  expect(labels.map(({ text }) => text)).toEqual(['full', 'int8, int8-dynamic']);
  expect(labels[0]?.anchor).toBe('end');
});

it('sets the label of a dot that fell off to the right and below it, out of the line’s way', () => {
  const [, fallen] = labelPoints(
    [
      { variant: 'int4', x: 130, y: 20 },
      { variant: 'int2', x: 100, y: 180 },
    ],
    410,
  );
  expect(fallen).toEqual({ text: 'int2', x: 110, y: 196, anchor: 'start' });
});
