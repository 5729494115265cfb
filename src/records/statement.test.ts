import { expect, test } from 'vitest';
import { statement as validate } from '@learninglocker/xapi-validation/dist/factory.js';
import type { Deed } from './deed.ts';
import { toStatement, type RecordContext } from './statement.ts';

const context: RecordContext = {
  organisation: 'northwind',
  origin: 'https://day2.example',
  actor: 'account',
};
const base = {
  source: 'entry:ada:1',
  person: { id: 'ada', email: 'ada@example.org' },
  at: new Date('2026-03-01T09:00:00Z'),
};
const verdict = {
  version: 1 as const,
  id: '0192f0c0-0000-7000-8000-000000000000',
  lab: 'l06-first-service',
  labVersion: 1,
  seed: 7,
  run: { status: 'completed' as const },
  result: 'fail' as const,
  points: 3,
  pointsPossible: 4,
  checks: [],
  solutionShown: false,
  startedAt: '2026-03-01T08:59:00.000Z',
  finishedAt: '2026-03-01T09:00:00.000Z',
};
const answer = {
  lesson: 'serving/one',
  check: 'two',
  correct: false,
  answer: [0, 2],
};
const deeds: Deed[] = [
  { ...base, kind: 'verdict', verdict, isVerified: false },
  { ...base, kind: 'verdict', verdict: { ...verdict, result: 'pass' }, isVerified: true },
  {
    ...base,
    kind: 'verdict',
    verdict: { ...verdict, lab: 'a lab/ä"', pointsPossible: 0, points: 0 },
    isVerified: false,
  },
  { ...base, kind: 'verdict', verdict: { ...verdict, points: 9 }, isVerified: false },
  { ...base, kind: 'lesson-read', lesson: 'serving/one' },
  { ...base, kind: 'check', answer, isVerified: false },
  {
    ...base,
    kind: 'check',
    answer: { ...answer, correct: true, answer: -2.5e-7 },
    isVerified: true,
  },
  { ...base, kind: 'assignment', assignment: 'a1', path: 'first-week', dueAt: base.at },
];

test('every statement is one by the specification, for either way to name a person', () => {
  for (const actor of ['account', 'mail'] as const)
    for (const deed of deeds)
      expect(validate(toStatement(deed, { ...context, actor }), ['statement'])).toEqual([]);
});

test('the validator of these tests does find faults', () => {
  const wrong = { ...toStatement(deeds[0]!, context), id: 'no-uuid', actor: { mbox: 'ada' } };
  expect(validate(wrong, ['statement']).length).toBeGreaterThan(1);
});

test('a verdict says its measure, its evidence, its version and its seed, and nothing of the mail address', () => {
  expect(toStatement(deeds[0]!, context)).toMatchInlineSnapshot(`
    {
      "actor": {
        "account": {
          "homePage": "https://day2.example/",
          "name": "ada",
        },
        "objectType": "Agent",
      },
      "context": {
        "extensions": {
          "https://day2.example/xapi/evidence": "self-reported",
          "https://day2.example/xapi/lab-version": 1,
          "https://day2.example/xapi/seed": 7,
          "https://day2.example/xapi/solution-shown": false,
        },
        "platform": "Day Two",
      },
      "id": "01f3656f-84b9-5875-9a95-7f1540f5571c",
      "object": {
        "definition": {
          "type": "http://adlnet.gov/expapi/activities/simulation",
        },
        "id": "https://day2.example/labs/l06-first-service/",
        "objectType": "Activity",
      },
      "result": {
        "completion": true,
        "duration": "PT1M",
        "score": {
          "max": 4,
          "min": 0,
          "raw": 3,
          "scaled": 0.75,
        },
        "success": false,
      },
      "timestamp": "2026-03-01T09:00:00.000Z",
      "verb": {
        "display": {
          "en-US": "failed",
        },
        "id": "http://adlnet.gov/expapi/verbs/failed",
      },
    }
  `);
});

test('the id depends on the organisation and the deed alone', () => {
  const id = (deed: Deed, more: Partial<RecordContext> = {}) =>
    toStatement(deed, { ...context, ...more }).id;
  expect(id(deeds[4]!)).toBe(
    id({ ...deeds[4]!, at: new Date(0) }, { actor: 'mail', origin: 'http://localhost' }),
  );
  expect(id(deeds[4]!)).not.toBe(id(deeds[4]!, { organisation: 'other' }));
  expect(id(deeds[4]!)).not.toBe(id({ ...deeds[4]!, source: 'entry:ada:2' }));
});
