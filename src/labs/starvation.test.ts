import { expect, test } from 'vitest';
import type { LabCheck, LabCheckContext } from './check-context.ts';
import { loadLab } from './catalogue.ts';
import { excuseStarvation } from './starvation.ts';

const { definition } = await loadLab('l06-first-service');
const signal = new AbortController().signal;

const check = (passed: boolean): LabCheck => ({
  id: 'reachable',
  title: 'It answers',
  instruction: '1',
  points: 1,
  hint: 'Look.',
  run: async () => ({ passed, measured: '', bar: '', why: '' }),
});

function contextWith(reason: string): LabCheckContext {
  const lastState = { terminated: { reason } };
  const items = [
    { metadata: { name: 'triage-a' }, status: { containerStatuses: [{ lastState }] } },
  ];
  const kubectl = async () => ({ stdout: JSON.stringify({ items }), stderr: '', exitCode: 0 });
  return { cluster: { kubectl }, files: {} } as unknown as LabCheckContext;
}

test('a failure beside a pod that got no processor time is ours', async () => {
  const run = excuseStarvation(check(false), definition).run(contextWith('Unresponsive'), signal);
  await expect(run).rejects.toThrow(
    'Pod triage-a was killed because it did not get enough processor time',
  );
});

test('a failure beside a pod that ended for another reason stays a failure', async () => {
  const run = excuseStarvation(check(false), definition).run(contextWith('OOMKilled'), signal);
  expect((await run).passed).toBe(false);
});

test('a pass stays a pass', async () => {
  const run = excuseStarvation(check(true), definition).run(contextWith('Unresponsive'), signal);
  expect((await run).passed).toBe(true);
});

test('where the learner may change the code, a silent pod may be theirs', async () => {
  const editable = [...definition.editable, 'server.ts'];
  const run = excuseStarvation(check(false), { ...definition, editable }).run(
    contextWith('Unresponsive'),
    signal,
  );
  expect((await run).passed).toBe(false);
});
