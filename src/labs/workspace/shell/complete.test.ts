import { expect, test } from 'vitest';
import { commonPrefix, completeWord } from './complete.ts';

const known = {
  commands: ['kubectl', 'curl', 'cat', 'load'],
  pods: ['triage-7c9f-x2x4z', 'triage-7c9f-ab12c'],
  deployments: ['triage'],
  services: ['triage'],
};

test.each([
  ['c', ['cat', 'curl']],
  ['cat x | ku', ['kubectl']],
  ['kubectl de', ['delete', 'describe']],
  ['kubectl get po', ['pods']],
  ['kubectl describe pod triage-7c9f-x', ['triage-7c9f-x2x4z']],
  ['kubectl rollout status ', ['deployment/triage']],
  ['kubectl get pods && kubectl logs triage-7c9f-a', ['triage-7c9f-ab12c']],
  ['curl -i http', ['http://triage/']],
])('%s offers %j', (text, words) => {
  expect(completeWord(text, known)).toEqual(words);
});

test.each(['cat dep', 'kubectl apply -f ser', 'grep x '])('%s wants a file', (text) => {
  expect(completeWord(text, known)).toBeNull();
});

test('the common start of names is what Tab adds', () => {
  expect(commonPrefix(known.pods)).toBe('triage-7c9f-');
  expect(commonPrefix([])).toBe('');
});
