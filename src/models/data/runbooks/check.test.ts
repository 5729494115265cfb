import { describe, expect, it } from 'vitest';
import { seededRandom } from '#models/random.ts';
import { checkRunbook } from './check.ts';
import { drawRunbook } from './draw.ts';

const random = seededRandom(4);

describe('the check of a runbook', () => {
  it('passes everything that the grammar writes', () => {
    for (let i = 0; i < 500; i++)
      expect(checkRunbook(drawRunbook(random))).toEqual({ form: [], content: [] });
  });

  it.each([
    ['a missing part', (text: string) => text.replace(/\n## Fix\n/, '\n')],
    ['a wrong number', (text: string) => text.replace('\n2. ', '\n3. ')],
    ['an unknown class', (text: string) => text.replace(/Runbook: \S+/, 'Runbook: weather')],
    ['text after the end', (text: string) => `${text}And more.\n`],
    [
      'a step that stands there twice',
      (text: string) => text.replace(/1\. (.*)\n2\. .*/, '1. $1\n2. $1'),
    ],
  ])('finds %s', (_, spoil) => {
    expect(checkRunbook(spoil(drawRunbook(random))).form).not.toEqual([]);
  });

  it.each([
    [
      'a sentence of nobody',
      (text: string) => text.replace(/1\. .*/, '1. Turn it off and on again.'),
    ],
    ['the wrong team', (text: string) => text.replace(/page \S+ after/, 'page nobody after')],
  ])('finds %s in the content', (_, spoil) => {
    expect(checkRunbook(spoil(drawRunbook(random)))).toMatchObject({
      form: [],
      content: [expect.any(String)],
    });
  });
});
