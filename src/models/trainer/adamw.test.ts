import { describe, expect, it } from 'vitest';
import { createAdamW, learningRateAt } from './adamw.ts';

const STILL = { learningRate: 0.1, weightDecay: 0 };

describe('AdamW', () => {
  it('finds the lowest point of a bowl', () => {
    const weights = [{ name: 'w', dims: [2], values: Float32Array.of(3, -2) }];
    const update = createAdamW(weights);
    for (let step = 0; step < 400; step++) {
      const [x = 0, y = 0] = weights[0]?.values ?? [];
      update([Float32Array.of(2 * (x - 1), 20 * (y - 4))], { ...STILL, learningRate: 0.05 });
    }
    expect(weights[0]?.values[0]).toBeCloseTo(1, 2);
    expect(weights[0]?.values[1]).toBeCloseTo(4, 2);
  });

  it('moves every weight by the learning rate in the first step, whatever the size of its gradient', () => {
    const weights = [{ name: 'w', dims: [2], values: new Float32Array(2) }];
    createAdamW(weights)([Float32Array.of(1e-3, -0.5)], STILL);
    expect(weights[0]?.values[0]).toBeCloseTo(-0.1, 4);
    expect(weights[0]?.values[1]).toBeCloseTo(0.1, 4);
  });

  it('lets matrices fade and leaves vectors alone', () => {
    const matrix = { name: 'm', dims: [1, 1], values: Float32Array.of(1) };
    const vector = { name: 'v', dims: [1], values: Float32Array.of(1) };
    createAdamW([matrix, vector])([new Float32Array(1), new Float32Array(1)], {
      learningRate: 0.1,
      weightDecay: 0.5,
    });
    expect(matrix.values[0]).toBeCloseTo(0.95, 6);
    expect(vector.values[0]).toBe(1);
  });

  it('refuses gradients that do not belong to the weights', () => {
    const weights = [{ name: 'w', dims: [1], values: new Float32Array(1) }];
    expect(() => createAdamW(weights)([], STILL)).toThrow('one gradient for each weight');
  });
});

describe('the learning rate', () => {
  it('rises, peaks after the warm-up and falls to a twentieth', () => {
    expect(learningRateAt(0, 1000, 1)).toBeCloseTo(0.02, 6);
    expect(learningRateAt(50, 1000, 1)).toBeCloseTo(1, 6);
    expect(learningRateAt(999, 1000, 1)).toBeCloseTo(0.05, 4);
    for (let step = 51; step < 1000; step++) {
      expect(learningRateAt(step, 1000, 1)).toBeLessThan(learningRateAt(step - 1, 1000, 1));
    }
  });
});
