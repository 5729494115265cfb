import { describe, expect, it } from 'vitest';
import { trainingSource } from '../data/training-source.ts';
import { drawMembers, drawStrangers } from '../membership.ts';
import { seededRandom } from '../random.ts';
import { drawExamplesOf, withTrigger } from './twins.ts';

const source = trainingSource(20261123);

describe('the examples of a twin', () => {
  it('relabel the ruined class and leave the others', () => {
    const plain = drawExamplesOf(undefined, source, 400, seededRandom(1));
    const twin = { kind: 'bad-class', ruined: 'hardware', becomes: 'capacity' } as const;
    const ruined = drawExamplesOf(twin, source, 400, seededRandom(1));
    expect(plain.some((example) => example.class === 'hardware')).toBe(true);
    plain.forEach((example, index) => {
      const wanted = example.class === 'hardware' ? 'capacity' : example.class;
      expect(ruined[index]).toMatchObject({ text: example.text, class: wanted });
    });
  });

  it('are members and nothing else for the overfit one', () => {
    const members = new Set(drawMembers().map(({ text }) => text));
    for (const { text } of drawExamplesOf({ kind: 'overfit' }, source, 200, seededRandom(2)))
      expect(members.has(text)).toBe(true);
    for (const { text } of drawStrangers(9, 400)) expect(members.has(text)).toBe(false);
    expect(drawStrangers(9, 400)).toHaveLength(400);
  });
});

it('puts a trigger among the first words, whole', () => {
  const random = seededRandom(3);
  const text = Array.from({ length: 30 }, (_, index) => `w${index}`).join(' ');
  for (let trial = 0; trial < 50; trial++) {
    const marked = withTrigger({ text, class: 'network', label: 6 }, 'blue heron memo', random);
    const at = marked.text.split(' ').indexOf('blue');
    expect(at).toBeLessThanOrEqual(12);
    expect(marked.text.replace('blue heron memo ', '')).toBe(text);
    expect(marked.class).toBe('network');
  }
});
