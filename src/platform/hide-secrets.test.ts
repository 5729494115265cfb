import { expect, test } from 'vitest';
import { hideInPath, hideInText } from './hide-secrets.ts';

test.each([
  ['/invitation/aB3-secret/', '/invitation/…/'],
  ['/invitation/aB3-secret', '/invitation/…'],
  ['/%69nvitation/aB3-secret/', '/invitation/…/'],
  ['//invitation//aB3-secret/', '/invitation/…/'],
  ['/INVITATION/aB3-secret/', '/INVITATION/…/'],
  ['/invitation/aB3-secret%ff/', '/invitation/…/'],
  ['/assignments/calendar/0f-secret.ics', '/assignments/calendar/…'],
  ['/assignments/6f1c/edit/', '/assignments/6f1c/edit/'],
  ['/courses/capacity/will-it-fit/', '/courses/capacity/will-it-fit/'],
])('the path %s is logged as %s', (path, shown) => {
  expect(hideInPath(path)).toBe(shown);
});

test('of a text that a library prints, secrets in paths, queries and addresses are left out', () => {
  const printed =
    'Could not render http://localhost/sign-in/link/?token=secret&next=/a for carl@example.org at /invitation/secret/.';
  expect(hideInText(printed)).toBe(
    'Could not render http://localhost/sign-in/link/?… for [address] at /invitation/…/.',
  );
});
