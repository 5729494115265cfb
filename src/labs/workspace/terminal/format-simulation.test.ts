import { expect, test } from 'vitest';
import { simulate } from '#simulation/simulate.ts';
import type { ScenarioInput } from '#simulation/scenario.ts';
import { formatSimulation, formatTimeline } from './format-simulation.ts';

const input: ScenarioInput = {
  seed: 3,
  arrivals: { kind: 'poisson', phases: [{ ratePerSecond: 150, durationMs: 4000 }] },
  work: { kind: 'time', service: { kind: 'deterministic', ms: 10 } },
  pools: [{ name: 'triage', replicas: 1, server: { kind: 'queue', queueLimit: 4 } }],
};
const run = { name: 'steady', about: 'one pod, half as much again', input, serviceMs: 10 };
const finished = { run, report: simulate(input), log: ['hello'] };

test('a run is told with its outcomes, and latencies in multiples of S', () => {
  const text = formatSimulation(finished);
  expect(text).toMatch(/^steady: one pod, half as much again\n/);
  expect(text).toContain(
    `ok ${finished.report.outcomes.ok}, shed ${finished.report.outcomes.shed}`,
  );
  expect(text).toMatch(/latency {3}p50 \d\.\d S, p90 /);
  expect(text).toContain('p99 no answer');
  expect(text).toContain('triage-0 100 %');
  expect(text).toContain('printed   hello');
});

test('the timeline has a row for each second, and columns that line up', () => {
  const lines = formatTimeline(finished).trimEnd().split('\n');
  expect(lines).toHaveLength(1 + finished.report.samples.length);
  expect(new Set(lines.map(({ length }) => length)).size).toBe(1);
  expect(lines[0]).toContain('until');
});

test('a run that a policy stopped says why', () => {
  const report = { ...finished.report, stoppedBy: 'The policy threw TypeError: x is not defined.' };
  expect(formatSimulation({ ...finished, report })).toContain(
    'stopped   The policy threw TypeError: x is not defined.',
  );
});
