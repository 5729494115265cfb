import { expect, test } from 'vitest';
import { findYamlPlace } from './yaml-place.ts';

const text = `apiVersion: v1
kind: Service
spec:
  ports:
    - port: 80
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: triage
spec:
  replicas: 2
  template:
    spec:
      containers:
        - name: one
          image: triage
        - name: triage
          image: triage
          readinessProbe:
            httpGet:
              path: /ready
          
      
`;
const line = (number: number, column = 1) => findYamlPlace(text, number, column);

test('a key deep in a list knows its kind, its path and its field', () => {
  expect(line(22)).toEqual({
    kind: 'Deployment',
    path: ['spec', 'template', 'spec', 'containers', 'readinessProbe', 'httpGet'],
    field: 'path',
    siblings: [],
  });
});

test('a blank line belongs where its indentation puts it', () => {
  expect(line(23, 11)).toEqual({
    kind: 'Deployment',
    path: ['spec', 'template', 'spec', 'containers'],
    field: null,
    siblings: ['name', 'image', 'readinessProbe'],
  });
  expect(line(24, 7)).toMatchObject({
    path: ['spec', 'template', 'spec'],
    siblings: ['containers'],
  });
});

test('the first key of a list item stands in the list', () => {
  expect(line(18)).toMatchObject({
    path: ['spec', 'template', 'spec', 'containers'],
    field: 'name',
  });
  expect(line(5)).toMatchObject({ kind: 'Service', path: ['spec', 'ports'], field: 'port' });
});

test('a key at the left edge stands in nothing', () => {
  expect(line(8)).toMatchObject({ kind: 'Deployment', path: [], field: 'kind' });
});
