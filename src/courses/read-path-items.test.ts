import { expect, test } from 'vitest';
import { readPathItems } from './read-path-items.ts';

const nameable = { courses: new Map(), lessons: new Map(), labs: new Map() } as never;

test('keys that are keys of keys are refused before anybody waits for them', () => {
  for (const text of [`${'? '.repeat(600)}a`, '- ? [a]\n  : b', '- &a [b]\n- *a : c'])
    expect(readPathItems(text, nameable)).toMatchObject({
      items: null,
      problems: [{ message: expect.stringContaining('A key is a list, a map or an alias') }],
    });
});
