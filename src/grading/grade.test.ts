import { describe, expect, test, vi } from 'vitest';
import type { Check } from './check.ts';
import { grade, type GradeOptions } from './grade.ts';
import { verdictSchema } from './verdict.ts';

interface Kitchen {
  readonly heat: number;
}

const kitchen = async (): Promise<Kitchen> => ({ heat: 180 });

const options = (changes: Partial<GradeOptions> = {}): GradeOptions => ({
  lab: 'l00-kitchen',
  labVersion: 3,
  seed: 42,
  solutionShown: false,
  timeLimitMs: 5000,
  signal: new AbortController().signal,
  ...changes,
});

function check(id: string, run: Check<Kitchen>['run'], points = 1): Check<Kitchen> {
  return { id, title: `Title of ${id}`, instruction: '1', points, hint: `Hint of ${id}`, run };
}

const outcome = (passed: boolean) => ({ passed, measured: '180 C', bar: '200 C', why: 'Bread.' });
const passes = async () => outcome(true);
const fails = async () => outcome(false);
const hangs = () => new Promise<never>(() => {});

describe('grade', () => {
  test('passes when every check passes, with all points and no hints', async () => {
    const verdict = await grade(
      [check('warm', passes, 2), check('hot', passes, 3)],
      kitchen,
      options(),
    );
    expect(verdict).toMatchObject({
      result: 'pass',
      points: 5,
      pointsPossible: 5,
      seed: 42,
      lab: 'l00-kitchen',
    });
    expect(verdict.run).toEqual({ status: 'completed' });
    expect(verdict.checks.map(({ status, hint }) => [status, hint])).toEqual([
      ['pass', null],
      ['pass', null],
    ]);
    expect(verdictSchema.parse(verdict)).toEqual(verdict);
  });

  test('stops at the first failure, keeps the points before it, hints there and skips the rest', async () => {
    const later = vi.fn(passes);
    const checks = [check('warm', passes, 2), check('hot', fails, 3), check('done', later, 4)];
    const verdict = await grade(checks, kitchen, options());
    expect(later).not.toHaveBeenCalled();
    expect(verdict).toMatchObject({
      result: 'fail',
      points: 2,
      pointsPossible: 9,
      run: { status: 'completed' },
    });
    expect(verdict.checks[1]).toMatchObject({
      status: 'fail',
      measured: '180 C',
      bar: '200 C',
      hint: 'Hint of hot',
      points: 0,
    });
    expect(verdict.checks[2]).toMatchObject({
      status: 'skipped',
      measured: null,
      hint: null,
      durationMs: 0,
    });
  });

  test('a check that throws is our trouble: errored, no result, earlier points kept', async () => {
    const breaks = async () => {
      throw new Error('the thermometer broke');
    };
    const verdict = await grade(
      [check('warm', passes, 2), check('hot', breaks), check('done', passes)],
      kitchen,
      options(),
    );
    expect(verdict).toMatchObject({ result: null, points: 2 });
    expect(verdict.checks.map(({ status }) => status)).toEqual(['pass', 'error', 'skipped']);
    expect(verdict.run).toMatchInlineSnapshot(`
      {
        "reason": "The check "Title of hot" could not be carried out: the thermometer broke",
        "status": "errored",
      }
    `);
    expect(verdictSchema.parse(verdict)).toEqual(verdict);
  });

  test('a context that does not open is our trouble, with every check skipped', async () => {
    const broken = async (): Promise<Kitchen> => {
      throw new Error('no gas');
    };
    const verdict = await grade([check('warm', passes)], broken, options());
    expect(verdict.checks.map(({ status }) => status)).toEqual(['skipped']);
    expect(verdict.run).toMatchInlineSnapshot(`
      {
        "reason": "The lab could not be started for grading: no gas",
        "status": "errored",
      }
    `);
  });

  test('hands the context and a signal to each check', async () => {
    const run = vi.fn(passes);
    await grade([check('warm', run)], kitchen, options());
    expect(run).toHaveBeenCalledWith({ heat: 180 }, expect.any(AbortSignal));
  });

  test('tells the listener of each check in order', async () => {
    const heard: string[] = [];
    const listener = {
      onCheckStart: (id: string) => heard.push(`start ${id}`),
      onCheckEnd: ({ id, status }: { id: string; status: string }) => heard.push(`${status} ${id}`),
    };
    await grade(
      [check('warm', passes), check('hot', fails), check('done', passes)],
      kitchen,
      options({ listener }),
    );
    expect(heard).toEqual(['start warm', 'pass warm', 'start hot', 'fail hot']);
  });

  test('a cancelled grade says so and has no result', async () => {
    const cancel = new AbortController();
    const checks = [check('warm', passes, 2), check('hot', () => (cancel.abort(), hangs()))];
    const verdict = await grade(checks, kitchen, options({ signal: cancel.signal }));
    expect(verdict).toMatchObject({ run: { status: 'cancelled' }, result: null, points: 2 });
    expect(verdict.checks.map(({ status }) => status)).toEqual(['pass', 'skipped']);
  });

  test('a cancel that comes before the start opens nothing further', async () => {
    const run = vi.fn(passes);
    const verdict = await grade(
      [check('warm', run)],
      kitchen,
      options({ signal: AbortSignal.abort() }),
    );
    expect(verdict.run).toEqual({ status: 'cancelled' });
    expect(run).not.toHaveBeenCalled();
  });

  test('a check that never ends is stopped at the time limit, and that is our trouble', async () => {
    const verdict = await grade([check('warm', hangs)], kitchen, options({ timeLimitMs: 50 }));
    expect(verdict.result).toBeNull();
    expect(verdict.run).toMatchInlineSnapshot(`
      {
        "reason": "The grade did not end within 0 s and was stopped.",
        "status": "errored",
      }
    `);
  });

  test('a context that never opens is stopped at the time limit', async () => {
    const verdict = await grade([check('warm', passes)], hangs, options({ timeLimitMs: 50 }));
    expect(verdict.run.status).toBe('errored');
  });
});
