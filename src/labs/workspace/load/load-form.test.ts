import { expect, test } from 'vitest';
import type { LoadPlan } from '#load/plan.ts';
import { describePlan } from './describe-plan.ts';
import { toForm, toPlan } from './load-form.ts';

const PLAN: LoadPlan = {
  arrivals: { process: 'poisson', rate: 20 },
  durationSeconds: 10,
  warmupSeconds: 0,
  timeoutSeconds: 10,
  seed: 1,
  request: { method: 'POST', url: 'http://triage/', headers: {}, bodies: [] },
};

test('tenants and keys of the form become the mix of the plan, and the form again', () => {
  const form = { ...toForm(PLAN), tenants: 'gold:3, free', keys: 1000 };
  const asked = toPlan(form, ['a']);
  const plan = 'plan' in asked ? asked.plan : null;
  expect(plan?.mix).toEqual({
    tenants: {
      header: 'x-tenant',
      of: [
        { name: 'gold', weight: 3 },
        { name: 'free', weight: 1 },
      ],
    },
    keys: { header: 'x-key', count: 1000, exponent: 1 },
  });
  expect(plan && toForm(plan)).toMatchObject({ tenants: 'gold:3, free:1', keys: 1000, zipf: 1 });
  expect(plan && describePlan(plan)).toMatch(
    /tenants gold:3, free:1; 1,000 keys, Zipf 1: POST http:\/\/triage\/$/,
  );
});

test('without tenants and keys there is no mix', () => {
  const asked = toPlan(toForm(PLAN), ['a']);
  expect('plan' in asked && asked.plan.mix).toBeUndefined();
});

test.each([
  ['gold:much', 'mix.tenants.of.0.weight: A weight is a number above 0, as in gold:3.'],
  ['gold, gold', 'mix.tenants.of: Two tenants have the same name.'],
])('tenants written as %s are refused', (tenants, complaint) => {
  const asked = toPlan({ ...toForm(PLAN), tenants }, ['a']);
  expect('complaints' in asked && asked.complaints).toEqual([complaint]);
});
