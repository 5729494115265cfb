import { describe, expect, test } from 'vitest';
import { autoscalerSchema } from './autoscaler.ts';
import { createScalingController, type ScalingInput } from './controller.ts';

const PER_POD = {
  source: 'pod',
  name: 'http_requests_in_flight',
  target: { type: 'AverageValue', value: 4 },
} as const;

const controllerOf = (changes: object = {}) =>
  createScalingController(
    autoscalerSchema.parse({ maxReplicas: 100, metrics: [PER_POD], ...changes }),
  );
const look = (
  at: number,
  current: number,
  value: number | null,
  changes: Partial<ScalingInput> = {},
): ScalingInput => ({
  at,
  current,
  unready: 0,
  values: () => (value === null ? null : Array.from({ length: current }, () => value)),
  ...changes,
});
const AT_ONCE = {
  stabilizationWindowSeconds: 0,
  selectPolicy: 'Max',
  policies: [{ type: 'Percent', value: 100, periodSeconds: 15 }],
  tolerance: 0.1,
} as const;

describe('the wish', () => {
  test('is current x metric / target, rounded up', () => {
    expect(controllerOf().decide(look(0, 3, 8)).replicas).toBe(6);
    expect(controllerOf().decide(look(0, 3, 4.8)).replicas).toBe(4);
    expect(controllerOf({ scaleDown: AT_ONCE }).decide(look(0, 4, 2)).replicas).toBe(2);
  });

  test('stays within the tolerance of a tenth', () => {
    expect(controllerOf().decide(look(0, 10, 4.4)).replicas).toBe(10);
    expect(controllerOf().decide(look(0, 10, 4.41)).replicas).toBe(12);
    expect(controllerOf({ scaleDown: AT_ONCE }).decide(look(0, 10, 3.6)).replicas).toBe(10);
    expect(controllerOf({ scaleDown: AT_ONCE }).decide(look(0, 10, 3.5)).replicas).toBe(9);
  });

  test('takes starting pods to do nothing on the way up, and ignores them on the way down', () => {
    const up = { unready: 2, values: () => [8, 8] };
    expect(controllerOf().decide(look(0, 4, 8, up)).replicas).toBe(4);
    const down = { unready: 2, values: () => [1, 1] };
    expect(controllerOf({ scaleDown: AT_ONCE }).decide(look(0, 4, 1, down)).replicas).toBe(1);
  });

  test('is the largest of all metrics', () => {
    const metrics = [PER_POD, { ...PER_POD, name: 'queue_depth' }];
    const values: ScalingInput['values'] = ({ name }) => (name === 'queue_depth' ? [6, 6] : [1, 1]);
    expect(controllerOf({ metrics }).decide(look(0, 2, 0, { values })).replicas).toBe(3);
  });

  test('of one number for all is that number over the target', () => {
    const metrics = [
      { source: 'whole', name: 'queue', target: { type: 'AverageValue', value: 10 } },
    ];
    const values = () => [45];
    expect(controllerOf({ metrics }).decide(look(0, 2, 0, { values })).replicas).toBe(5);
  });

  test('without a value changes nothing; with one missing, nothing goes down', () => {
    const silent = controllerOf().decide(look(0, 3, null));
    expect(silent).toEqual({ replicas: 3, reason: 'FailedGetMetrics' });
    const metrics = [PER_POD, { ...PER_POD, name: 'absent' }];
    const values: ScalingInput['values'] = ({ name }) => (name === 'absent' ? null : [1, 1, 1]);
    const one = controllerOf({ metrics, scaleDown: AT_ONCE }).decide(look(0, 3, 0, { values }));
    expect(one.replicas).toBe(3);
  });
});

describe('scaling policies', () => {
  test('by default at most the double or 4 more in 15 s', () => {
    expect(controllerOf().decide(look(0, 1, 400))).toEqual({ replicas: 5, reason: 'ScaleUpLimit' });
    const controller = controllerOf();
    expect(controller.decide(look(0, 10, 400)).replicas).toBe(20);
    expect(controller.decide(look(5, 20, 400)).replicas).toBe(20);
    expect(controller.decide(look(15, 20, 400)).replicas).toBe(40);
  });

  test('10 % a minute takes 8 of 80, then 8 of 72', () => {
    const policies = [{ type: 'Percent', value: 10, periodSeconds: 60 }];
    const controller = controllerOf({ scaleDown: { ...AT_ONCE, policies } });
    expect(controller.decide(look(0, 80, 0.1)).replicas).toBe(72);
    expect(controller.decide(look(30, 72, 0.1)).replicas).toBe(72);
    expect(controller.decide(look(60, 72, 0.1)).replicas).toBe(64);
  });

  test('Disabled forbids a direction', () => {
    const scaleDown = { ...AT_ONCE, selectPolicy: 'Disabled' };
    expect(controllerOf({ scaleDown }).decide(look(0, 4, 0.1)).replicas).toBe(4);
  });
});

describe('stabilisation', () => {
  test('takes the largest wish of the last five minutes before it goes down', () => {
    const controller = controllerOf();
    expect(controller.decide(look(0, 4, 4)).replicas).toBe(4);
    const held = controller.decide(look(15, 4, 1));
    expect(held).toEqual({ replicas: 4, reason: 'ScaleDownStabilized' });
    expect(controller.decide(look(299, 4, 1)).replicas).toBe(4);
    expect(controller.decide(look(301, 4, 1)).replicas).toBe(1);
  });

  test('of scaling up waits until the wish has lasted', () => {
    const scaleUp = { ...AT_ONCE, stabilizationWindowSeconds: 60 };
    const controller = controllerOf({ scaleUp });
    controller.decide(look(0, 2, 4));
    expect(controller.decide(look(15, 2, 8)).replicas).toBe(2);
    expect(controller.decide(look(75, 2, 8)).replicas).toBe(4);
  });
});

test('the limits win over everything', () => {
  expect(controllerOf({ maxReplicas: 4 }).decide(look(0, 3, 40))).toEqual({
    replicas: 4,
    reason: 'TooManyReplicas',
  });
  expect(controllerOf({ minReplicas: 3 }).decide(look(0, 1, 4)).replicas).toBe(3);
});
