import { expect, test } from 'vitest';
import { listManifestFields } from './manifest-fields.ts';

test('fields below a list and an object are found by their names alone', () => {
  const path = ['spec', 'template', 'spec', 'containers', 'readinessProbe', 'httpGet'];
  expect(listManifestFields('Deployment', path).map((field) => field.name)).toContain('path');
  expect(listManifestFields('Service', ['spec'])).toContainEqual({
    name: 'ports',
    effect: 'acts',
    holds: 'list',
  });
});

test('an unknown kind, a value and a name of every object have no fields', () => {
  expect(listManifestFields('Gateway', [])).toEqual([]);
  expect(listManifestFields('Deployment', ['kind', 'x'])).toEqual([]);
  expect(listManifestFields('Deployment', ['constructor'])).toEqual([]);
});
