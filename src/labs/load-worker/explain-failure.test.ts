import { expect, test } from 'vitest';
import { ExchangeFailed } from '#pods/exchange-failure.ts';
import { explainFailure } from './explain-failure.ts';

test.each([
  ['getaddrinfo ENOTFOUND tirage. Services in namespace default: triage.', 'unknown-host'],
  ['connect ECONNREFUSED triage:81. Service triage offers port 80.', 'refused'],
  ['The pod is gone.', 'reset'],
])('%s counts as %s', (message, outcome) => {
  const failed = explainFailure(new ExchangeFailed('reset', message));
  expect(failed).toMatchObject({ outcome, message });
});

test('silence counts as a timeout', () => {
  expect(explainFailure(new ExchangeFailed('timeout', 'late')).outcome).toBe('timeout');
});
