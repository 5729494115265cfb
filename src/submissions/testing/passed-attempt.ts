import { randomUUID } from 'node:crypto';
import type { CheckResult } from '#grading/verdict.ts';
import type { LabFiles } from '#labs/files.ts';
import type { LabFolder } from '#labs/read-lab-folder.ts';
import type { Attempt } from '../attempt.ts';

/** An attempt as an honest browser sends one that passed. */
export function passedAttempt(lab: string, { definition }: LabFolder, files: LabFiles): Attempt {
  const checks = ['deploys', ...definition.checks].map((id): CheckResult => ({
    id,
    title: id,
    instruction: '1',
    status: 'pass',
    points: 2,
    pointsPossible: 2,
    measured: '100 %',
    bar: null,
    why: null,
    hint: null,
    durationMs: 10,
  }));
  const points = checks.length * 2;
  const now = new Date().toISOString();
  return {
    verdict: {
      version: 1,
      id: randomUUID(),
      lab,
      labVersion: definition.version,
      seed: 7,
      run: { status: 'completed' },
      result: 'pass',
      points,
      pointsPossible: points,
      checks,
      solutionShown: false,
      startedAt: now,
      finishedAt: now,
    },
    files,
  };
}
