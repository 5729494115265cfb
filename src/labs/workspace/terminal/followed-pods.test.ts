import { expect, test } from 'vitest';
import { followedPods } from './followed-pods.ts';

const asked: string[] = [];
const kubectl = (args: readonly string[]) => {
  asked.push(args.join(' '));
  const stdout = args.includes('app=triage') ? 'pod/triage-5d-a\npod/triage-5d-b\n' : '';
  return Promise.resolve({ stdout });
};

test('a selector follows the pods that it matches', async () => {
  for (const flags of [['-l', 'app=triage'], ['-lapp=triage'], ['--selector=app=triage']]) {
    const isWanted = await followedPods(['logs', ...flags, '-n', 'shop'], kubectl);
    expect(['triage-5d-a', 'triage-5d-b', 'web-7c-x'].filter((pod) => isWanted?.(pod))).toEqual([
      'triage-5d-a',
      'triage-5d-b',
    ]);
    expect(asked.at(-1)).toBe('get pods -l app=triage -o name -n shop');
  }
});

test('a selector without pods follows nothing', async () => {
  expect(await followedPods(['logs', '-l', 'app=none'], kubectl)).toBeNull();
});

test('the value of a flag is not the name of a pod', async () => {
  const isWanted = await followedPods(
    ['logs', '-c', 'web', '--tail', '5', 'deploy/triage'],
    kubectl,
  );
  expect(['triage-5d-a', 'web-7c-x'].filter((pod) => isWanted?.(pod))).toEqual(['triage-5d-a']);
});
