import { expect, test } from 'vitest';
import { curlFailure } from './curl-failure.ts';

test.each([
  [
    'getaddrinfo ENOTFOUND tirage. Services in namespace default: triage.',
    6,
    'curl: (6) Could not resolve host: tirage. Services in namespace default: triage.\n',
  ],
  [
    'connect ECONNREFUSED triage:81. Service triage offers port 80.',
    7,
    'curl: (7) Failed to connect to triage port 81: Connection refused. Service triage offers port 80.\n',
  ],
  ['the pod went away', 56, 'curl: (56) the pod went away\n'],
])('%s', (reason, exitCode, stderr) => {
  expect(curlFailure(reason)).toEqual({ exitCode, stderr });
});
