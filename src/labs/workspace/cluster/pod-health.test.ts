import { expect, test } from 'vitest';
import { readHealth } from './pod-health.ts';

test.each([
  ['Running', true, 'ready'],
  ['Running', false, 'not-ready'],
  ['Pending', false, 'starting'],
  ['ContainerCreating', false, 'starting'],
  ['CrashLoopBackOff', false, 'failing'],
  ['ErrImagePull', false, 'failing'],
  ['OOMKilled', false, 'failing'],
  ['Terminating', true, 'ending'],
] as const)('a %s pod with ready=%s is %s', (status, ready, health) => {
  expect(readHealth({ status, ready })).toBe(health);
});
