import { describe, expect, it } from 'vitest';
import { seededRandom } from '#models/random.ts';
import { CLASSES } from '../classes.ts';
import { KNOWLEDGE } from '../runbooks/knowledge.ts';
import { checkRunbook } from '../runbooks/check.ts';
import { SERVICES } from '../slots.ts';
import { drawAnswer, drawQuestion, splitPairs, type Pair } from './pairs.ts';
import { QUESTIONS } from './questions.ts';

const split = splitPairs(20261123);
const keyOf = ({ topic, service }: Pair): string => `${topic.class} ${topic.symptom} ${service}`;

describe('the questions', () => {
  it.each(CLASSES)(
    'of %s are eight different ones for each symptom, and all name the service',
    (name) => {
      expect(QUESTIONS[name]).toHaveLength(KNOWLEDGE[name].symptoms.length);
      for (const wordings of QUESTIONS[name]) {
        expect(new Set(wordings).size).toBe(8);
        for (const wording of wordings) expect(wording).toContain('<svc>');
      }
    },
  );

  it('stand under one symptom only', () => {
    const all = CLASSES.flatMap((name) => QUESTIONS[name].flat());
    expect(new Set(all).size).toBe(all.length);
  });
});

describe('the split of pairs', () => {
  it('puts every symptom of every service into exactly one part', () => {
    const parts = [split.trained, split.heldOut, split.newSymptoms];
    const keys = parts.flatMap((part) => part.map(keyOf));
    const symptoms = CLASSES.flatMap((name) => KNOWLEDGE[name].symptoms);
    expect(new Set(keys).size).toBe(keys.length);
    expect(keys).toHaveLength(symptoms.length * SERVICES.length);
  });

  it('keeps new symptoms and unseen wordings out of training', () => {
    const trained = new Set(split.trained.map(({ topic }) => topic.symptom));
    for (const { topic } of split.newSymptoms) expect(trained.has(topic.symptom)).toBe(false);
    for (const { wordings, unseenWordings } of split.topics) {
      expect(unseenWordings).toHaveLength(2);
      for (const wording of unseenWordings) expect(wordings).not.toContain(wording);
    }
  });
});

describe('a pair', () => {
  it('has a runbook that the grammar accepts, for its service and symptom', () => {
    const random = seededRandom(5);
    for (const pair of [...split.heldOut, ...split.newSymptoms]) {
      const text = drawAnswer(pair, random);
      expect(checkRunbook(text)).toEqual({ form: [], content: [] });
      expect(text.split('\n')[0]).toBe(`# Runbook: ${pair.topic.class} alert on ${pair.service}`);
    }
  });

  it('has questions without empty slots', () => {
    const random = seededRandom(6);
    for (const pair of split.trained)
      expect(drawQuestion(pair, pair.topic.wordings, random)).not.toMatch(/[<>{}]/);
  });
});
