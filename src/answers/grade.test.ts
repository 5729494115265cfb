import { expect, test } from 'vitest';
import { knowledgeCheckSchema } from '#courses/knowledge-check.ts';
import { shownOrder } from '#courses/shown-order.ts';
import { grade } from './grade.ts';

const why = (text: string) => `Because of what is said of ${text}.`;
const option = (text: string, correct = false) => ({ why: why(text), correct });
const parse = (value: object) => knowledgeCheckSchema.parse({ id: 'one', counts: true, ...value });
const single = parse({
  kind: 'single',
  options: [option('a'), option('b', true), option('c'), option('d')],
});
const multiple = parse({
  kind: 'multiple',
  options: [option('a', true), option('b'), option('c', true)],
});
const order = parse({
  kind: 'order',
  options: ['a', 'b', 'c'].map((text) => ({ why: why(text) })),
});
const numeric = parse({
  kind: 'numeric',
  answer: 12,
  tolerance: 0.5,
  why: why('twelve'),
  options: [{ value: 6, why: why('six') }],
});
/** The place on the page of an option by its authored number. */
const at = (check: typeof single, authored: number) => shownOrder(check).indexOf(authored);

test('the right option passes, with an explanation of every option', () => {
  const graded = grade(single, [at(single, 1)]);
  expect(graded?.grade.correct).toBe(true);
  expect(graded?.authored).toEqual([1]);
  expect(graded?.grade.explanations).toHaveLength(4);
  expect(graded?.grade.explanations.find(({ verdict }) => verdict === 'right')).toEqual({
    place: at(single, 1),
    verdict: 'right',
    why: why('b'),
  });
});

test('a wrong option tells why it is wrong, and nothing of the others', () => {
  const graded = grade(single, [at(single, 2)]);
  expect(graded?.grade).toEqual({
    correct: false,
    explanations: [{ place: at(single, 2), verdict: 'wrong', why: why('c') }],
    remark: '',
  });
});

test('of several options all have to be chosen, and no other', () => {
  expect(grade(multiple, [at(multiple, 0), at(multiple, 2)])?.grade.correct).toBe(true);
  expect(grade(multiple, [at(multiple, 0)])?.grade.correct).toBe(false);
  expect(grade(multiple, [0, 1, 2])?.grade.correct).toBe(false);
});

test('a wrong order tells how many steps stand right, not which', () => {
  const places = [at(order, 0), at(order, 2), at(order, 1)];
  expect(grade(order, places)?.grade).toEqual({
    correct: false,
    explanations: [],
    remark: '1 of 3 stand where they belong.',
  });
  expect(
    grade(
      order,
      [0, 1, 2].map((step) => at(order, step)),
    )?.grade.correct,
  ).toBe(true);
});

test('a number passes within its tolerance, and a known mistake is explained', () => {
  expect(grade(numeric, 12.5)?.grade).toMatchObject({ correct: true, remark: why('twelve') });
  expect(grade(numeric, 6)?.grade).toMatchObject({ correct: false, remark: why('six') });
  expect(grade(numeric, 9)?.grade).toMatchObject({ correct: false, remark: '' });
});

test.each([
  ['a number for options', single, 1],
  ['two of one', single, [0, 1]],
  ['a place that is not there', single, [9]],
  ['nothing', multiple, []],
  ['one twice', multiple, [0, 0]],
  ['a part of an order', order, [0, 1]],
  ['options for a number', numeric, [0]],
])('%s is no answer', (_, check, answer) => {
  expect(grade(check, answer)).toBeNull();
});
