import { expect, test } from 'vitest';
import { readCountedCheck } from './read-counted-check.ts';
import { shownOrder } from './shown-order.ts';

const body = `
<Check id="practice" kind="single">
Which?

<Option correct why="This one is right.">One</Option>
<Option why="This one is wrong.">Two</Option>
</Check>

<Check id="counts" kind="single" counts>
Which?

<Option why="It says &quot;no&quot; &amp; means it.">One</Option>
<Option correct why={'It is as *simple* as that.'}>Two</Option>
<Option why="It is not the third.">Three</Option>
</Check>
`;

test('a check that counts is read with its explanations, and one for practice is not', () => {
  expect(readCountedCheck(body, 'practice')).toBeNull();
  expect(readCountedCheck(body, 'nothing')).toBeNull();
  expect(readCountedCheck(body, 'counts')).toEqual({
    id: 'counts',
    kind: 'single',
    counts: true,
    options: [
      { correct: false, why: 'It says "no" & means it.' },
      { correct: true, why: 'It is as *simple* as that.' },
      { correct: false, why: 'It is not the third.' },
    ],
  });
});

test('the order on the page depends on the explanations, which the page does not hold', () => {
  const check = readCountedCheck(body, 'counts')!;
  const orders = Array.from({ length: 20 }, (_, index) =>
    shownOrder({
      ...check,
      options: check.options.map((option) => ({ ...option, why: `${option.why} ${index}` })),
    } as typeof check).join(''),
  );
  expect(new Set(orders).size).toBeGreaterThan(1);
});
