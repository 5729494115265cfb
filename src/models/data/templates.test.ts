import { describe, expect, it } from 'vitest';
import { seededRandom } from '../random.ts';
import { CLASSES } from './classes.ts';
import { drawTrainingExamples, examplesOfEach } from './examples.ts';
import { fillTemplate } from './fill.ts';
import { GLOSSARY } from './glossary.ts';
import { HANDWRITTEN } from './handwritten.ts';
import { splitTemplates } from './split.ts';
import { TEMPLATES } from './templates.ts';
import { trainingSource } from './training-source.ts';

const SEED = 20261123;
const all = CLASSES.flatMap((name) => Object.values(TEMPLATES[name]).flat());

describe('the templates', () => {
  it('are at least 60 a class, none of them twice', () => {
    for (const name of CLASSES)
      expect(Object.values(TEMPLATES[name]).flat().length).toBeGreaterThanOrEqual(60);
    expect(new Set(all).size).toBe(all.length);
  });

  it('all fill, and leave no choice and no slot behind', () => {
    const random = seededRandom(1);
    for (const text of all) {
      for (let i = 0; i < 5; i++)
        expect(fillTemplate(text, random).replaceAll('<module>', '')).not.toMatch(
          /<[a-z]+[0-9]?>|undefined/,
        );
    }
  });

  it('name an unknown slot and the template it stands in', () => {
    expect(() =>
      fillTemplate('disk of <nod> is full', seededRandom(1)),
    ).toThrowErrorMatchingInlineSnapshot(
      `[Error: Unknown slot <nod> in the template "disk of <nod> is full". Add it to slots.ts or mend the name.]`,
    );
  });
});

describe('the split', () => {
  const { train, tuning, unseen } = splitTemplates(SEED);

  it('gives every template to exactly one part', () => {
    const texts = [train, tuning, unseen].flatMap((part) => part.map(({ text }) => text));
    expect(texts).toHaveLength(all.length);
    expect(new Set(texts)).toEqual(new Set(all));
  });

  it('leaves each class at least ten templates to be measured by', () => {
    for (const name of CLASSES)
      expect(unseen.filter((template) => template.class === name).length).toBeGreaterThanOrEqual(
        10,
      );
  });

  it('is the same for the same seed and another one for another', () => {
    expect(splitTemplates(SEED)).toEqual({ train, tuning, unseen });
    expect(splitTemplates(SEED + 1).unseen).not.toEqual(unseen);
  });
});

describe('the examples', () => {
  const { unseen } = splitTemplates(SEED);
  const source = trainingSource(SEED);

  it('are the same for the same seed', () => {
    expect(drawTrainingExamples(source, 50, seededRandom(4))).toEqual(
      drawTrainingExamples(source, 50, seededRandom(4)),
    );
  });

  it('never show an unseen template or a hand-written line in training', () => {
    const measured = new Set([
      ...examplesOfEach(unseen, 20, seededRandom(5)).map(({ text }) => text),
      ...HANDWRITTEN.map(([, text]) => text),
    ]);
    const shown = drawTrainingExamples(source, 5000, seededRandom(6)).filter(({ text }) =>
      measured.has(text),
    );
    expect(shown).toEqual([]);
  });

  it('show each class about equally often', () => {
    const drawn = drawTrainingExamples(source, 4000, seededRandom(8));
    for (const [label] of CLASSES.entries()) {
      const share = drawn.filter((example) => example.label === label).length / drawn.length;
      expect(Math.abs(share - 1 / CLASSES.length)).toBeLessThan(0.03);
    }
  });
});

describe('the glossary', () => {
  it('has no term in two classes', () => {
    const terms = CLASSES.flatMap((name) => [
      ...new Set(GLOSSARY[name].map((term) => term.toLowerCase())),
    ]);
    expect(new Set(terms).size).toBe(terms.length);
  });
});

describe('what training draws from', () => {
  const { glossary } = trainingSource(SEED);

  it('leaves out terms of several words that a measured text contains', () => {
    const lines = HANDWRITTEN.map(([, text]) => text.toLowerCase());
    const phrases = Object.values(glossary)
      .flat()
      .filter((term) => term.includes(' '));
    expect(
      phrases.filter((term) => lines.some((line) => line.includes(term.toLowerCase()))),
    ).toEqual([]);
    expect(Object.values(glossary).flat().length).toBeLessThan(
      Object.values(GLOSSARY).flat().length,
    );
  });

  it('keeps at least 180 terms a class', () => {
    for (const name of CLASSES) expect(glossary[name].length).toBeGreaterThan(180);
  });
});

describe('the hand-written lines', () => {
  it('are six a class', () => {
    for (const name of CLASSES)
      expect(HANDWRITTEN.filter(([label]) => label === name)).toHaveLength(6);
  });
});
