import { expect, test } from 'vitest';
import type { Verdict } from '#grading/verdict.ts';
import type { Answer } from './answers.ts';
import { judge } from './judge.ts';

const answer = (result: 'pass' | 'fail', check: string | null): Answer => ({
  lab: 'l06',
  name: 'x',
  files: {},
  expected: { result, check },
});

function verdict(failedAt: string | null, run: Verdict['run'] = { status: 'completed' }): Verdict {
  const checks = ['reachable', 'balanced'].map((id) => ({
    id,
    status: id === failedAt ? 'fail' : 'pass',
    measured: '51 %',
  }));
  const result = run.status === 'completed' ? (failedAt ? 'fail' : 'pass') : null;
  return { run, result, checks } as unknown as Verdict;
}

test('a solution that passes and a wrong answer that fails at its check are right', () => {
  expect(judge(answer('pass', null), verdict(null))).toEqual({ kind: 'right' });
  expect(judge(answer('fail', 'balanced'), verdict('balanced'))).toEqual({ kind: 'right' });
});

test('the start may fail anywhere', () => {
  expect(judge(answer('fail', null), verdict('reachable'))).toEqual({ kind: 'right' });
});

test('a wrong answer that passes is found out', () => {
  expect(judge(answer('fail', 'balanced'), verdict(null))).toEqual({
    kind: 'wrong',
    found: 'passed',
  });
});

test('a wrong answer that fails for another reason is found out', () => {
  expect(judge(answer('fail', 'balanced'), verdict('reachable'))).toEqual({
    kind: 'wrong',
    found: 'failed at reachable: 51 %',
  });
});

test('a run that errored is neither, whatever was expected', () => {
  const errored = verdict(null, { status: 'errored', reason: 'No sandbox.' });
  expect(judge(answer('fail', null), errored)).toEqual({ kind: 'errored', found: 'No sandbox.' });
});
