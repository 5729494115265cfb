import { expect, test } from 'vitest';
import { groupName, personName } from './fields.ts';

test('a name is one line without signs that turn what stands around it', () => {
  expect(personName.parse(' Bea\r\n\r\nOpen http://evil.example\u202e\u0007 ')).toBe(
    'Bea Open http://evil.example',
  );
  expect(personName.safeParse('\u202e\n').success).toBe(false);
  expect(groupName.safeParse('x'.repeat(81)).success).toBe(false);
});
